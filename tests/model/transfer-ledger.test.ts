/**
 * The transfer ledger compared with Jiko's, after any history: money in and out, lost responses,
 * webhooks dropped, repeated and late, days passing on either side, processes dying. In the end
 * both agree on every transfer and on the sum.
 */
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { Direction } from '@/lib/domain/transfers/settlement'
import { statesThatCanBecome, type TransferState } from '@/lib/domain/transfers/transfer'
import { systemActor } from '@/lib/domain/users/actor'
import { advanceClock } from '@/lib/platform/clock'
import { isRequestError } from '@/lib/platform/errors'
import { DataService, PangeaService } from '@/lib/services'
import { refreshAccount } from '@/lib/services/pangea/account/open-account'
import { reconcileTransfers } from '@/lib/services/pangea/transfers/compare-transfers'
import { runNextJob } from '@/lib/services/pangea/worker/worker'
import { resetSingletons } from '@/tests/support/environment'
import { type FundedUser, fundedUser, jikoLedgerOf, prepareTransfer } from '@/tests/support/funding'
import { openWorld, type World } from '@/tests/support/world'

const DAY = 24 * 3_600_000
const MINUTE = 60_000
const OPENING = 500_000
/** The short run uses the same histories every time. */
const RUNS = process.env.TEST_LONG
  ? { numRuns: 80 }
  : { numRuns: 8, seed: 20261121, endOnFailure: true }
const app = systemActor('test')

type Step =
  | {
      do: 'move'
      direction: Direction
      dollars: number
      cents: number
      trouble: 'none' | 'reset' | 'timeout_after_commit' | 'once' | 'death'
      times: number
    }
  | { do: 'days' | 'minutes'; count: number }
  | { do: 'webhooks'; drop: boolean; duplicate: boolean }
  | { do: 'again'; which: number }
  | {
      do: 'switch'
      repeatKey: 'first_answer' | 'conflict'
      transferReference: 'kept' | 'dropped'
      pullEvents: 'in' | 'none'
      returnWord: 'FAILED' | 'REJECTED'
    }
  | { do: 'settle' | 'resume' | 'compare' }

/**
 * The cents select the outcome by the emulator's rules: most settle, some are returned, early or
 * late, some are refused.
 */
const move = fc.record({
  do: fc.constant('move' as const),
  direction: fc.constantFrom<Direction>('in', 'out'),
  dollars: fc.integer({ min: 1, max: 900 }),
  cents: fc.constantFrom(0, 0, 0, 1, 10, 10, 90, 91),
  trouble: fc.constantFrom('none', 'none', 'reset', 'timeout_after_commit', 'once', 'death'),
  times: fc.constantFrom(1, 3)
})
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: move as fc.Arbitrary<Step> },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('days' as const),
      count: fc.integer({ min: 1, max: 9 })
    })
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('minutes' as const), count: fc.constantFrom(3, 70) })
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('webhooks' as const),
      drop: fc.boolean(),
      duplicate: fc.boolean()
    })
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('again' as const), which: fc.nat(50) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('switch' as const),
      repeatKey: fc.constantFrom('first_answer' as const, 'conflict' as const),
      transferReference: fc.constantFrom('kept' as const, 'dropped' as const),
      pullEvents: fc.constantFrom('in' as const, 'none' as const),
      returnWord: fc.constantFrom('FAILED' as const, 'REJECTED' as const)
    })
  },
  {
    weight: 4,
    arbitrary: fc.constantFrom<Step>({ do: 'settle' }, { do: 'resume' }, { do: 'compare' })
  }
)

/** Runs the submissions that are due. */
const resumeOrders = async () => {
  while (await runNextJob(['transfer']));
}

let world: World
beforeAll(async () => {
  world = await openWorld()
  await PangeaService.updateWebhookUrls()
})
afterAll(async () => {
  vi.restoreAllMocks()
  await world.close()
})

const compare = ({ account, user }: FundedUser) =>
  reconcileTransfers(app, {
    id: account.id,
    userId: user.userId,
    jikoPocketId: account.jikoPocketId
  })

async function restoreVendor(): Promise<void> {
  resetSingletons('vendors', 'jiko.session')
  await fetch(`${world.jiko.url}/_sandbox/faults`, { method: 'DELETE' })
}

async function moveMoney(
  user: FundedUser,
  { direction, dollars, cents, trouble, times }: Extract<Step, { do: 'move' }>
): Promise<void> {
  const { id } = await prepareTransfer(user, direction, BigInt(dollars * 100 + cents))
  if (trouble === 'death') {
    // The process dies between the confirmation and Jiko's response.
    await DataService.confirmTransfer(user.user, id, { leaseMs: 90_000, settlesOn: '2027-01-04' })
    return
  }
  const path = `/api/v1/jiko-accounts/${user.account.jikoPocketId}/ach-originating/`
  const kind = trouble === 'once' ? 'timeout_after_commit' : trouble
  if (kind !== 'none')
    await world.control('jiko', '/faults', {
      path,
      method: 'POST',
      kind,
      delay: 0,
      ...(trouble === 'once' ? { times } : {})
    })
  await Promise.all([
    PangeaService.confirmTransfer(user.user, id),
    PangeaService.confirmTransfer(user.user, id)
  ])
  await restoreVendor()
}

async function play(user: FundedUser, one: Step): Promise<void> {
  await world.storage.rows('delete from rate_limits')
  if (one.do === 'move') {
    // Insufficient balance, or another transfer in progress: reported to the user, without any
    // effect.
    await moveMoney(user, one).catch((error: unknown) => {
      if (!isRequestError(error)) throw error
    })
  } else if (one.do === 'days') await world.control('jiko', '/clock', { advance: one.count * DAY })
  else if (one.do === 'minutes') advanceClock(one.count * MINUTE)
  else if (one.do === 'webhooks')
    await world.control('jiko', '/deliveries/mode', {
      drop: one.drop,
      duplicate: one.duplicate,
      delay: 0
    })
  else if (one.do === 'switch') await world.control('jiko', '/switches', { ...one, do: undefined })
  else if (one.do === 'again') {
    const sent = (await world.control('jiko', '/deliveries')) as { id: string }[] | undefined
    const chosen = sent?.[one.which % Math.max(1, sent.length)]
    if (chosen) await world.control('jiko', `/deliveries/${chosen.id}/redeliver`, {})
  } else if (one.do === 'settle') await world.settle()
  else if (one.do === 'resume') await resumeOrders()
  else await compare(user)
}

/** Faults end, and enough time passes for every waiting job. */
async function calm(user: FundedUser): Promise<void> {
  await restoreVendor()
  await world.control('jiko', '/deliveries/mode', { drop: false, duplicate: false, delay: 0 })
  for (let round = 0; round < 2; round++) {
    advanceClock(100 * MINUTE)
    await resumeOrders()
    await world.control('jiko', '/clock', { advance: 30 * DAY })
    await world.control('jiko', '/ledger')
    await world.settle()
    await compare(user)
  }
  await refreshAccount(app, {
    id: user.account.id,
    userId: user.user.userId,
    jikoPocketId: user.account.jikoPocketId
  })
}

/** The states in which the money has reached the account (in) or left it (out). */
const MOVED: Record<'in' | 'out', TransferState[]> = {
  in: ['settled'],
  out: ['submitted', 'on_its_way', 'settled']
}
const FINAL: Record<string, TransferState[]> = {
  PROCESSED: ['settled'],
  FAILED: ['returned'],
  REJECTED: ['rejected', 'returned'],
  CANCELLED: ['canceled']
}

async function agree(user: FundedUser): Promise<void> {
  const { cents, transfers } = await jikoLedgerOf(world, user)
  const orders = await DataService.listSubmissions(user.account.id)
  const sent = orders.filter(({ jikoTransferId }) => jikoTransferId)
  expect(transfers.map(({ id }) => id).sort()).toEqual(
    sent.map(({ jikoTransferId }) => jikoTransferId).sort()
  )
  for (const { id, status } of transfers)
    expect(FINAL[status], status).toContain(
      sent.find(({ jikoTransferId }) => jikoTransferId === id)?.state
    )
  for (const { state } of orders)
    expect(['sending', 'submitted', 'on_its_way']).not.toContain(state)
  const sum = orders.reduce((total, { direction, state, amount }) => {
    if (!MOVED[direction].includes(state)) return total
    return direction === 'in' ? total + amount.minor : total - amount.minor
  }, BigInt(OPENING))
  expect(BigInt(cents)).toBe(sum)
  expect((await DataService.findBankAccount(user.user))?.balance?.minor).toBe(sum)
  expect((await compare(user)).differences).toEqual({ atBankOnly: 0, hereOnly: 0, otherAmount: 0 })
}

/** No transfer ever moved back to an earlier state. */
async function onlyForward(user: FundedUser): Promise<void> {
  const moves = await world.storage.rows<{ subject: string; state: TransferState }>(
    `select subject, detail ->> 'state' as state from audit_entries join audit_details on audit_id = id where user_id = $1 and action = 'transfer.moved' order by created_at, id`,
    [user.user.userId]
  )
  const at = new Map<string, TransferState>()
  for (const { subject, state } of moves) {
    const before = at.get(subject)
    if (before) expect(statesThatCanBecome(state), `${before} → ${state}`).toContain(before)
    at.set(subject, state)
  }
}

test('both ledgers agree after any history', { timeout: 600_000 }, async () => {
  vi.spyOn(Math, 'random').mockReturnValue(0)
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 14 }), async (steps) => {
      await world.control('jiko', '/switches', {
        repeatKey: 'first_answer',
        transferReference: 'kept',
        pullEvents: 'in',
        returnWord: 'FAILED'
      })
      const user = await fundedUser(world, { cents: OPENING })
      for (const one of steps) await play(user, one)
      await calm(user)
      await agree(user)
      await onlyForward(user)
    }),
    RUNS
  )
})
