// @vitest-environment jsdom

import { beforeEach, expect, test, vi } from 'vitest'
import { isApiError } from '@/components/lib/api'

const SOURCE = { publishableKey: 'pk_test_Y2xlcmsuZXhhbXBsZS5jb20k' }

/** Each test has its own document, in which nothing has loaded. */
beforeEach(() => {
  vi.resetModules()
  Reflect.deleteProperty(globalThis, 'Clerk')
})

const open = () => import('@/components/lib/clerk-session')

/** Clerk's script, which has arrived but not loaded its session. */
function clerkScript(load: () => Promise<void> = async () => {}) {
  let tell = (_: object) => {}
  const clerk = {
    loaded: false,
    load: vi.fn(load),
    user: null,
    session: null,
    addListener: (listener: typeof tell) => {
      tell = listener
      listener({ user: null, session: null })
    }
  }
  Object.assign(globalThis, { Clerk: clerk })
  /** Clerk's listeners are given an earlier user while its update time is the same. */
  const emit = (resources: object) => {
    Object.assign(clerk, resources)
    tell({ user: null, session: null })
  }
  return { clerk, emit }
}

test('an action waits for Clerk, and Clerk is loaded once', async () => {
  let finish = () => {}
  const { clerk } = clerkScript(() => new Promise<void>((resolve) => (finish = resolve)))
  const { startClerk, loadedClerk, getClerkSession } = await open()
  startClerk(SOURCE, { signInUrl: '/sign-in' })
  startClerk(SOURCE, { signInUrl: '/other' })
  await expect.poll(() => clerk.load.mock.calls).toEqual([[{ signInUrl: '/sign-in' }]])
  expect(getClerkSession().status).toBe('loading')
  const waiting = loadedClerk()
  finish()
  expect(await waiting).toBe(clerk)
  expect(getClerkSession()).toEqual({ status: 'loaded', user: null, session: null })
})

test('listeners hear of a new user until they leave', async () => {
  const { emit } = clerkScript()
  const { startClerk, loadedClerk, getClerkSession, subscribeClerkSession } = await open()
  startClerk(SOURCE, {})
  await loadedClerk()
  const heard = vi.fn()
  const leave = subscribeClerkSession(heard)
  emit({ user: { id: 'user_1' }, session: { id: 'sess_1' } })
  expect(getClerkSession()).toMatchObject({ user: { id: 'user_1' }, session: { id: 'sess_1' } })
  leave()
  emit({ user: null, session: null })
  expect(heard).toHaveBeenCalledOnce()
})

test('a Clerk that fails or hangs ends in an explanation', async () => {
  clerkScript(() => Promise.reject(new Error('no answer')))
  const { startClerk, loadedClerk, getClerkSession } = await open()
  startClerk(SOURCE, {})
  await expect(loadedClerk()).rejects.toSatisfy(isApiError)
  expect(getClerkSession().status).toBe('failed')
})

test('an action does not wait forever', async () => {
  clerkScript(() => new Promise<void>(() => {}))
  const { startClerk, loadedClerk } = await open()
  startClerk(SOURCE, {})
  await expect(loadedClerk(1)).rejects.toThrow('could not be loaded')
})
