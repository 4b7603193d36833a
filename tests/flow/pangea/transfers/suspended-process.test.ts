/** A process that is suspended between taking a transfer's lease and sending the transfer. */
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { advanceClock } from '@/lib/platform/clock'
import { DataService, PangeaService } from '@/lib/services'
import { runNextJob } from '@/lib/services/pangea/worker/worker'
import { resetSingletons } from '@/tests/support/environment'
import { type FundedUser, fundedUser, jikoLedgerOf, prepareTransfer } from '@/tests/support/funding'
import { openWorld, type World } from '@/tests/support/world'

const MINUTE = 60_000

let world: World
let user: FundedUser
beforeAll(async () => {
  world = await openWorld()
  user = await fundedUser(world)
})
afterEach(() => resetSingletons('clock', 'jiko.session'))
afterAll(() => world.close())

const requests = async () => (await jikoLedgerOf(world, user)).transfers.length

/** Confirms in a process that waits for its login at Jiko, which is the step before sending. */
async function confirmDuringLogin() {
  const { id } = await prepareTransfer(user, 'in', 1_500n)
  resetSingletons('jiko.session')
  await world.control('jiko', '/faults', {
    path: '/api/v1/login/',
    kind: 'latency',
    delay: 1_500,
    times: 1
  })
  const first = PangeaService.confirmTransfer(user.user, id)
  await expect.poll(() => world.jiko.faults.list()).toEqual([])
  // The other process has its own session.
  resetSingletons('jiko.session')
  return { id, first }
}

test('never sends after another process found, past the key’s hour, that nothing was sent', async () => {
  const before = await requests()
  const { id, first } = await confirmDuringLogin()
  advanceClock(80 * MINUTE)
  await runNextJob(['transfer'])
  expect((await DataService.getTransfer(user.user, id)).state).toBe('not_sent')
  await first
  expect(await requests()).toBe(before)
  expect((await DataService.getTransfer(user.user, id)).state).toBe('not_sent')
})

test('leaves the transfer to the process that took over seven seconds later', async () => {
  const before = await requests()
  const { id, first } = await confirmDuringLogin()
  advanceClock(7_000)
  await runNextJob(['transfer'])
  const { state } = await DataService.getTransfer(user.user, id)
  await first
  expect(state).toBe('submitted')
  expect(await requests()).toBe(before + 1)
  const sent = await world.storage.rows(
    `select 1 from vendor_events where method like 'POST%ach-originating%' and user_id = $1`,
    [user.user.userId]
  )
  expect(sent).toHaveLength(1)
})
