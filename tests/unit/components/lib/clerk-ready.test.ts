import { expect, it, vi } from 'vitest'
import { isApiError } from '@/components/lib/api'
import { waitForClerk } from '@/components/lib/clerk'

type Status = 'loading' | 'ready' | 'degraded' | 'error'

function script(loaded = false) {
  let tell = (_status: Status) => {}
  const on = (_event: 'status', listener: typeof tell) => {
    tell = listener
    listener('loading')
  }
  return { clerk: { loaded, on }, becomes: (status: Status) => tell(status) }
}

it('an action waits for Clerk’s script', async () => {
  const { clerk, becomes } = script()
  const done = vi.fn()
  const waiting = waitForClerk(clerk).then(done)
  await Promise.resolve()
  expect(done).not.toHaveBeenCalled()
  becomes('ready')
  await waiting
  expect(done).toHaveBeenCalled()
  await waitForClerk(script(true).clerk)
})

it('fails with an explanation when the script is blocked or hangs', async () => {
  const refused = script()
  const refusal = waitForClerk(refused.clerk)
  refused.becomes('error')
  await expect(refusal).rejects.toSatisfy(isApiError)
  await expect(waitForClerk(script().clerk, 1)).rejects.toThrow('could not be loaded')
})
