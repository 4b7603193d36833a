// @vitest-environment jsdom
import { afterEach, beforeEach, expect, it, vi } from 'vitest'

const LATEST = 'pangea.user'
const replaced = vi.fn()
type Session = { user: { id: string } }
type State = { client: { signedInSessions: Session[] }; user?: { id: string } | null }

/** Removes the document listeners of an earlier test. */
const listening: [type: string, listener: EventListener][] = []
const listen = window.addEventListener.bind(window)

beforeEach(() => {
  vi.resetModules()
  vi.spyOn(window, 'addEventListener').mockImplementation((type: string, listener: unknown) => {
    listening.push([type, listener as EventListener])
    listen(type, listener as EventListener)
  })
  localStorage.clear()
  replaced.mockClear()
  document.documentElement.hidden = false
  vi.stubGlobal('location', { pathname: '/transactions', replace: replaced, reload: replaced })
})
afterEach(() => {
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
  for (const one of listening.splice(0)) window.removeEventListener(...one)
})

const load = () => import('@/components/lib/document-user')
const otherTab = (id: string | null) => {
  const newValue = JSON.stringify({ id, at: Date.now() })
  localStorage.setItem(LATEST, newValue)
  window.dispatchEvent(new StorageEvent('storage', { key: LATEST, newValue }))
}
const clerk = () => {
  let tell = (_state: State) => {}
  const signedIn = (...ids: string[]) => ({
    client: { signedInSessions: ids.map((id) => ({ user: { id } })) }
  })
  return {
    addListener: (listener: typeof tell) => {
      tell = listener
    },
    says: (user: { id: string } | null | undefined, ...ids: string[]) =>
      tell({ ...signedIn(...ids), user })
  }
}

it('a document belongs to the first user, whose id is sent with each request', async () => {
  const { claimDocument, userHeader } = await load()
  expect(userHeader()).toEqual({})
  expect(claimDocument('user_a')).toBe(true)
  expect(userHeader()).toEqual({ 'x-pangea-user': 'user_a' })
  expect(replaced).not.toHaveBeenCalled()
})

it('another user gets another document, and sees nothing of this one meanwhile', async () => {
  const { claimDocument } = await load()
  claimDocument('user_a')
  expect(claimDocument('user_b')).toBe(false)
  expect(replaced).toHaveBeenCalledExactlyOnceWith('/transactions')
  expect(document.documentElement.hidden).toBe(true)
})

it('a page requested before the user changed is not shown when it arrives afterwards', async () => {
  localStorage.setItem(LATEST, JSON.stringify({ id: 'user_b', at: Date.now() }))
  const { claimDocument } = await load()
  expect(claimDocument('user_a')).toBe(false)
})

it.each([
  ['__client_uat=0; __client_uat_kZ-1b=0', false],
  ['__client_uat=1764470000; __client_uat_kZ-1b=0', true],
  ['another=0', true]
])(
  'a page that starts after a sign-out, which emptied the storage, is not shown: %s',
  async (cookies, shown) => {
    vi.spyOn(document, 'cookie', 'get').mockReturnValue(cookies)
    const { claimDocument } = await load()
    expect(claimDocument('user_a')).toBe(shown)
    expect(replaced).toHaveBeenCalledTimes(shown ? 0 : 1)
  }
)

it('a change of user an hour before the document was requested is no change', async () => {
  localStorage.setItem(LATEST, JSON.stringify({ id: 'user_b', at: Date.now() - 3_600_000 }))
  const { claimDocument } = await load()
  expect(claimDocument('user_a')).toBe(true)
})

for (const now of [null, 'user_b'])
  it(`another tab reports ${now ?? 'nobody'} as signed in: the document is replaced`, async () => {
    const { claimDocument } = await load()
    claimDocument('user_a')
    otherTab('user_a')
    expect(replaced).not.toHaveBeenCalled()
    otherTab(now)
    expect(replaced).toHaveBeenCalledExactlyOnceWith('/transactions')
  })

it('signing out here leads to the start page and notifies the other tabs', async () => {
  const { claimDocument, watchClerk: followClerk } = await load()
  const { addListener, says } = clerk()
  claimDocument('user_a')
  followClerk({ addListener })
  says({ id: 'user_a' }, 'user_a')
  // While Clerk ends the session.
  says(undefined, 'user_a')
  expect(replaced).not.toHaveBeenCalled()
  says(null)
  expect(replaced).toHaveBeenCalledExactlyOnceWith('/signed-out')
  expect(JSON.parse(localStorage.getItem(LATEST) ?? '')).toMatchObject({ id: null })
})

it('signing out to sign in again leads to the sign-in, not to the start page', async () => {
  const { claimDocument, setSignedOutPath, watchClerk: followClerk } = await load()
  const { addListener, says } = clerk()
  claimDocument('user_a')
  followClerk({ addListener })
  says({ id: 'user_a' }, 'user_a')
  setSignedOutPath('/sign-in?redirect_url=%2Fsettings')
  says(undefined, 'user_a')
  says(null)
  expect(replaced).toHaveBeenCalledExactlyOnceWith('/sign-in?redirect_url=%2Fsettings')
})

it("the start page that Clerk opens within the last user's document is reloaded instead", async () => {
  const { claimDocument, watchClerk: followClerk, replaceAfterSignOut: leftPages } = await load()
  const { addListener, says } = clerk()
  claimDocument('user_a')
  followClerk({ addListener })
  says({ id: 'user_a' }, 'user_a')
  leftPages()
  expect(replaced).not.toHaveBeenCalled()
  says(undefined, 'user_a')
  leftPages()
  expect(replaced).toHaveBeenCalledExactlyOnceWith('/signed-out')
})

it('another tab can notice a sign-out first', async () => {
  const { claimDocument, watchClerk: followClerk } = await load()
  const { addListener, says } = clerk()
  claimDocument('user_a')
  followClerk({ addListener })
  says({ id: 'user_a' }, 'user_a')
  says(undefined, 'user_a')
  otherTab(null)
  expect(replaced).toHaveBeenCalledExactlyOnceWith('/signed-out')
})

it('a session that ended elsewhere leads to the sign-in for the same page', async () => {
  const { claimDocument, watchClerk: followClerk } = await load()
  const { addListener, says } = clerk()
  claimDocument('user_a')
  followClerk({ addListener })
  says({ id: 'user_a' }, 'user_a')
  says(null)
  expect(replaced).toHaveBeenCalledExactlyOnceWith('/transactions')
})

it('an unreachable Clerk signs no user out; another user in it replaces the document', async () => {
  const { claimDocument, watchClerk: followClerk } = await load()
  const { addListener, says } = clerk()
  claimDocument('user_a')
  followClerk({ addListener })
  says(null)
  expect(replaced).not.toHaveBeenCalled()
  says({ id: 'user_b' }, 'user_b')
  expect(replaced).toHaveBeenCalledOnce()
})

it('another tab that signs out and clears the storage replaces this document', async () => {
  const { claimDocument } = await load()
  claimDocument('user_a')
  window.dispatchEvent(new StorageEvent('storage', { key: 'of another program', newValue: null }))
  expect(replaced).not.toHaveBeenCalled()
  window.dispatchEvent(new StorageEvent('storage', { key: null }))
  expect(replaced).toHaveBeenCalledOnce()
})
