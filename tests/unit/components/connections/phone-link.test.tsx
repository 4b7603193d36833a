// @vitest-environment jsdom
/** The dialog that waits for a bank that is linked on a phone. */

import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { PhoneLink } from '@/components/connections/link/phone-link'
import {
  act,
  cleanup,
  fireEvent,
  render,
  screen,
  supportDialogs
} from '@/tests/unit/components/render'

const STARTED = {
  visit: 'session-1',
  url: 'https://secure.plaid.example/hl/1',
  expiresAt: '2026-03-10T12:30:00Z'
}
type Answer = { status: number; body: unknown }
const progress = (status: string, bank: string | null = null, connectionId: string | null = null) =>
  ({ status: 200, body: { status, bank, connectionId } }) satisfies Answer
const refusal = (status: number, code: string, message: string): Answer => ({
  status,
  body: { error: { code, message, reference: null } }
})

let answers: Answer[] = []
let asked = 0

beforeEach(() => {
  vi.useFakeTimers()
  supportDialogs()
  asked = 0
  vi.stubGlobal('fetch', async (path: string) => {
    if (path === '/api/v1/bank/hosted') return Response.json(STARTED)
    asked++
    const { status, body } = answers.shift() ?? progress('waiting')
    return Response.json(body, { status })
  })
})
afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

const pass = (milliseconds: number) => act(() => vi.advanceTimersByTimeAsync(milliseconds))
const status = () => screen.getByRole('status', { hidden: true }).textContent

async function opened(...given: Answer[]) {
  answers = given
  const linked: unknown[] = []
  render(<PhoneLink busy={false} onLinked={(one) => linked.push(one)} />)
  fireEvent.click(screen.getByRole('button', { name: 'Continue on my phone' }))
  await pass(0)
  return linked
}

test('follows the phone until the bank is added, and does not ask afterwards', async () => {
  const linked = await opened(
    progress('waiting'),
    progress('open'),
    progress('open', 'First Bank'),
    progress('linked', 'First Bank', 'connection-1')
  )
  expect(status()).toBe('Waiting for your phone')
  await pass(6_000)
  expect(status()).toBe('Plaid is open on your phone')
  await pass(3_000)
  expect(status()).toBe('Signing in to First Bank on your phone')
  await pass(3_000)
  expect(linked).toEqual([{ connectionId: 'connection-1', bank: 'First Bank' }])
  await pass(30_000)
  expect(asked).toBe(4)
})

test.each([
  ['an outage', refusal(503, 'unavailable', 'Plaid does not answer.')],
  ['too many requests', refusal(429, 'too_many_requests', 'Too many tries.')]
])('asks again after %s', async (_, answer) => {
  await opened(answer, progress('open'))
  await pass(6_000)
  expect(status()).toBe('Plaid is open on your phone')
})

test.each([
  ['closed', progress('closed'), 'Plaid was closed on your phone. No bank was added.'],
  ['expired', progress('expired'), 'The code has expired.'],
  [
    'refused',
    refusal(409, 'conflict', 'This bank is already linked.'),
    'This bank is already linked.'
  ]
])(
  'a session that is %s offers a new code and shows the old one no more',
  async (_, answer, text) => {
    await opened(answer)
    await pass(3_000)
    expect(status()).toBe(text)
    expect(screen.queryByText('Open it on this device')).toBeNull()
    expect(screen.getByText('New code')).toBeTruthy()
    await pass(30_000)
    expect(asked).toBe(1)
  }
)

test('asks less often after two minutes', async () => {
  await opened()
  await pass(120_000)
  expect(asked).toBe(40)
  await pass(60_000)
  expect(asked).toBe(46)
})

test('closing the dialog stops asking', async () => {
  await opened()
  await pass(3_000)
  fireEvent.click(screen.getByText('Close'))
  await pass(30_000)
  expect(asked).toBe(1)
})
