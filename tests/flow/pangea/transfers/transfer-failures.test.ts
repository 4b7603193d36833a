/**
 * Confirming a transfer under injected faults: each fault × each response to a repeated key ×
 * whether Jiko keeps our description × continuing within the key's hour or after it. In every case
 * Jiko makes at most one transfer, and the final status that the user sees is true.
 */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import type { TransferState } from '@/lib/domain/transfers/transfer'
import { systemActor } from '@/lib/domain/users/actor'
import { advanceClock } from '@/lib/platform/clock'
import { BankingService, DataService, PangeaService } from '@/lib/services'
import { reconcileTransfers } from '@/lib/services/pangea/transfers/compare-transfers'
import { runNextJob } from '@/lib/services/pangea/worker/worker'
import { resetSingletons } from '@/tests/support/environment'
import { type FundedUser, fundedUser, jikoLedgerOf, prepareTransfer } from '@/tests/support/funding'
import { openWorld, type World } from '@/tests/support/world'

const MINUTE = 60_000
const FAULTS = [
  'timeout',
  'timeout_after_commit',
  'reset',
  '401',
  '404',
  '409',
  '422',
  '429',
  '500',
  'html',
  'truncated'
] as const
/** Jiko made the transfer without us knowing. */
const MADE = new Set<string>(['timeout_after_commit', 'truncated'])
const AT_ONCE = new Set<string>(['401', '429'])
const REFUSED = new Set<string>(['404', '422'])

const CELLS = FAULTS.flatMap(
  (fault) =>
    (['first_answer', 'conflict'] as const).flatMap((key) =>
      (['kept', 'dropped'] as const).flatMap((text) =>
        (['within the hour', 'after it'] as const).map((when) => ({ fault, key, text, when }))
      )
    )
  // The repeated key and the list matter only when Jiko has made a transfer; the time of continuing
  // only when it is unresolved.
).filter(
  ({ fault, key, text, when }) =>
    (when === 'within the hour' || !(AT_ONCE.has(fault) || REFUSED.has(fault))) &&
    (MADE.has(fault) || (key === 'first_answer' && (text === 'kept' || fault === 'reset')))
)

const app = systemActor('test')
/** Runs the submissions that are due. */
const resumeOrders = async () => {
  while (await runNextJob(['transfer']));
}

let world: World
let user: FundedUser
beforeAll(async () => {
  world = await openWorld()
  user = await fundedUser(world)
})
afterAll(async () => {
  console.info(`transfer failure table: ${CELLS.length} cells`)
  await world.close()
})
beforeEach(() => world.storage.rows('delete from rate_limits'))
afterEach(async () => {
  await restoreVendor()
  resetSingletons('clock')
})

async function plant(kind: string): Promise<void> {
  const real = AbortSignal.timeout.bind(AbortSignal)
  vi.spyOn(Math, 'random').mockReturnValue(0)
  if (kind.startsWith('timeout'))
    vi.spyOn(AbortSignal, 'timeout').mockImplementation((milliseconds) =>
      real(Math.max(60, milliseconds / 100))
    )
  const path = `/api/v1/jiko-accounts/${user.account.jikoPocketId}/ach-originating/`
  await world.control('jiko', '/faults', {
    path,
    method: 'POST',
    kind,
    delay: 400,
    ...(AT_ONCE.has(kind) ? { times: 1 } : {})
  })
}

/** Jiko works again, and the process is a new one. */
async function restoreVendor(): Promise<void> {
  resetSingletons('vendors', 'jiko.session')
  vi.restoreAllMocks()
  await fetch(`${world.jiko.url}/_sandbox/faults`, { method: 'DELETE' })
}

const stateOf = async (id: string) => (await DataService.getTransfer(user.user, id)).state
const made = async () => (await jikoLedgerOf(world, user)).transfers.length

describe('confirming during a Jiko fault', () => {
  test.each(CELLS)(
    '$fault, repeated key: $key, text $text, going on $when',
    async ({ fault, key, text, when }) => {
      await world.control('jiko', '/switches', { repeatKey: key, transferReference: text })
      const before = await made()
      const { id } = await prepareTransfer(user, 'in', 12_300n)
      await plant(fault)
      const first = await PangeaService.confirmTransfer(user.user, id)
      const left: TransferState = REFUSED.has(fault)
        ? 'refused'
        : AT_ONCE.has(fault)
          ? 'submitted'
          : 'sending'
      expect(first.state).toBe(left)
      const twice = await PangeaService.confirmTransfer(user.user, id)
      expect(twice.state).toBe(left)
      expect((await made()) - before).toBe(MADE.has(fault) || AT_ONCE.has(fault) ? 1 : 0)

      await restoreVendor()
      advanceClock(when === 'after it' ? 80 * MINUTE : 10 * MINUTE)
      await resumeOrders()
      const lost = left === 'sending' && !MADE.has(fault) && when === 'after it'
      expect(await stateOf(id)).toBe(
        left === 'refused' ? 'refused' : lost ? 'not_sent' : 'submitted'
      )
      expect((await made()) - before).toBe(left === 'refused' || lost ? 0 : 1)
      const { differences } = await reconcileTransfers(app, {
        id: user.account.id,
        userId: user.user.userId,
        jikoPocketId: user.account.jikoPocketId
      })
      expect(differences).toEqual({ atBankOnly: 0, hereOnly: 0, otherAmount: 0 })
    }
  )
})

describe('one confirmation', () => {
  beforeEach(() =>
    world.control('jiko', '/switches', { repeatKey: 'first_answer', transferReference: 'kept' })
  )

  test('sent five times at once is one transfer', async () => {
    const before = await made()
    const { id } = await prepareTransfer(user, 'in', 500n)
    const answers = await Promise.all(
      [1, 2, 3, 4, 5].map(() => PangeaService.confirmTransfer(user.user, id))
    )
    for (const { state } of answers) expect(['sending', 'submitted']).toContain(state)
    expect((await made()) - before).toBe(1)
    expect(await stateOf(id)).toBe('submitted')
  })

  test.each(['before the bank heard of it', 'after the bank made it'])(
    'survives a process that dies %s',
    async (moment) => {
      const before = await made()
      const { id } = await prepareTransfer(user, 'in', 600n)
      const token = await DataService.confirmTransfer(user.user, id, {
        leaseMs: 90_000,
        settlesOn: '2026-12-01'
      })
      const order = await DataService.findSubmission(token ?? '')
      if (order && moment.startsWith('after')) await BankingService.createTransfer(order)
      await resumeOrders()
      expect(await stateOf(id)).toBe('sending')
      advanceClock(2 * MINUTE)
      await Promise.all([resumeOrders(), resumeOrders()])
      expect(await stateOf(id)).toBe('submitted')
      expect((await made()) - before).toBe(1)
    }
  )

  test('must be repeated when its draft has expired', async () => {
    const { id } = await prepareTransfer(user, 'in', 700n)
    advanceClock(16 * MINUTE)
    await expect(PangeaService.confirmTransfer(user.user, id)).rejects.toMatchObject({
      code: 'conflict'
    })
  })

  test('waits for another transfer that is being submitted', async () => {
    const first = await prepareTransfer(user, 'in', 800n)
    await DataService.confirmTransfer(user.user, first.id, {
      leaseMs: 90_000,
      settlesOn: '2026-12-01'
    })
    const second = await prepareTransfer(user, 'in', 900n)
    await expect(PangeaService.confirmTransfer(user.user, second.id)).rejects.toMatchObject({
      code: 'conflict'
    })
    advanceClock(2 * MINUTE)
    await resumeOrders()
    expect(await PangeaService.confirmTransfer(user.user, second.id)).toMatchObject({
      state: 'submitted'
    })
  })

  test('that seemingly never reached Jiko is corrected when Jiko has the transfer after all', async () => {
    const { id } = await prepareTransfer(user, 'in', 1_100n)
    const token = await DataService.confirmTransfer(user.user, id, {
      leaseMs: 90_000,
      settlesOn: '2026-12-01'
    })
    const order = await DataService.findSubmission(token ?? '')
    await DataService.applyStatusUpdate(user.user, id, { state: 'not_sent' })
    if (order) await BankingService.createTransfer(order)
    await reconcileTransfers(app, {
      id: user.account.id,
      userId: user.user.userId,
      jikoPocketId: user.account.jikoPocketId
    })
    expect(await stateOf(id)).toBe('submitted')
  })
})

test('a Jiko transfer that no user here requested is counted', async () => {
  const [bank] = await DataService.listCounterparties(user.user)
  const order = {
    id: '7d8a3a5e-0e0d-4a9e-8c53-2f4d1a6b9c20',
    jikoPocketId: user.account.jikoPocketId,
    jikoCounterpartyId: bank?.jikoCounterpartyId ?? ''
  }
  await BankingService.createTransfer({
    ...order,
    direction: 'in',
    amount: { minor: 4_200n, currency: 'USD' }
  })
  const { differences } = await reconcileTransfers(app, {
    id: user.account.id,
    userId: user.user.userId,
    jikoPocketId: user.account.jikoPocketId
  })
  expect(differences).toEqual({ atBankOnly: 1, hereOnly: 0, otherAmount: 0 })
})
