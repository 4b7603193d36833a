/** Parallel tabs prepare and confirm transfers, and invariants hold throughout. */
import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  NEW_COUNTERPARTY_LIMIT_MINOR,
  WITHDRAWAL_COUNTS,
  WITHDRAWAL_LIMITS
} from '@/lib/domain/transfers/protection'
import type { Direction } from '@/lib/domain/transfers/settlement'
import {
  DAILY_LIMIT_MINOR,
  MAX_TRANSFER_MINOR,
  type TransferState
} from '@/lib/domain/transfers/transfer'
import * as DataService from '@/lib/services/data'
import { app, newUser, usd } from '@/tests/support/fixtures/data'
import { openTestStorage, type TestStorage } from '@/tests/support/storage'

const LEASE = { leaseMs: 90_000, settlesOn: '2026-12-01' }
const RUNS = process.env.TEST_LONG
  ? { numRuns: 200 }
  : { numRuns: 4, seed: 20261128, endOnFailure: true }

let storage: TestStorage
beforeAll(async () => {
  storage = await openTestStorage()
})
afterAll(() => storage.close())

/** @param age days since the account was opened and the bank linked. */
async function funder(age = 60) {
  const user = await newUser()
  const { id } = await DataService.startApplication(user, { body: '{}' })
  const application = await DataService.saveApplicationStatus(user, id, {
    status: 'APPROVED',
    jikoCustomerId: randomUUID(),
    documents: []
  })
  const stored = {
    application,
    jikoPocketId: randomUUID(),
    name: 'Pangea account',
    status: 'OPEN',
    balance: usd(100_000_000n)
  }
  const { id: bankAccountId } = await DataService.saveBankAccount(user, stored)
  const facts = {
    jikoCounterpartyId: randomUUID(),
    institutionName: 'First Bank',
    mask: '0000',
    accountType: null,
    status: 'VERIFIED',
    verification: null
  }
  await DataService.saveCounterparties(user, bankAccountId, [facts])
  const [bank] = await DataService.listCounterparties(user)
  for (const table of ['bank_accounts', 'counterparties'])
    await storage.rows(
      `update ${table} set created_at = created_at - $2 * interval '1 day' where user_id = $1`,
      [user.userId, age]
    )
  return { user, bankAccountId, counterpartyId: bank?.id ?? '' }
}
type Funder = Awaited<ReturnType<typeof funder>>

const draft = (
  { user, bankAccountId, counterpartyId }: Funder,
  direction: Direction,
  minor: bigint
) =>
  DataService.saveTransferDraft(user, {
    bankAccountId,
    counterpartyId,
    direction,
    amount: usd(minor),
    settlesOn: '2026-12-01'
  })
const confirm = async ({ user }: Funder, id: string) =>
  (await DataService.confirmTransfer(user, id, LEASE)) !== null
const word = (id: string, state: TransferState, returnCode: string | null = null) =>
  DataService.applyStatusUpdate(app, id, { state, jikoTransferId: `at-bank-${id}`, returnCode })

type Move = { direction: Direction; minor: bigint; ends: TransferState; deletes: boolean }
const move: fc.Arbitrary<Move> = fc.record({
  direction: fc.constantFrom<Direction>('in', 'out'),
  minor: fc.constantFrom(
    30_000n,
    99_999n,
    490_000n,
    4_900_000n,
    5_000_000n,
    2_000_001n,
    MAX_TRANSFER_MINOR + 1n
  ),
  ends: fc.constantFrom<TransferState>(
    'submitted',
    'submitted',
    'submitted',
    'refused',
    'returned'
  ),
  deletes: fc.integer({ min: 1, max: 12 }).map((n) => n === 1)
})

/**
 * One tab: prepares, confirms what it was shown, and Jiko responds. @returns what was confirmed
 * after a deletion was requested.
 */
async function play(user: Funder, moves: Move[], world: { asked: boolean }): Promise<Direction[]> {
  const late: Direction[] = []
  for (const { direction, minor, ends, deletes } of moves) {
    if (deletes) {
      await DataService.requestDeletion(app, { userId: user.user.userId, origin: 'clerk' })
      world.asked = true
    }
    const { id } = await draft(user, direction, minor)
    const { asked } = world
    if (!(await confirm(user, id))) continue
    if (asked) late.push(direction)
    await word(id, ends)
  }
  return late
}

/** The first limit of `WITHDRAWAL_COUNTS`: five in an hour. */
const MOST_WITHDRAWALS = WITHDRAWAL_COUNTS[0]?.count ?? 0

/** The most that can leave in a day, by the age in days of the account and its only counterparty. */
function withdrawable(age: number): bigint {
  if (age < 1) return 0n
  if (age < 7) return NEW_COUNTERPARTY_LIMIT_MINOR
  return (
    WITHDRAWAL_LIMITS.find(({ untilMs }) => age * 86_400_000 < untilMs)?.minor ?? DAILY_LIMIT_MINOR
  )
}

test('no limit is ever exceeded, and no deposit starts after a deletion was requested', {
  timeout: 600_000
}, async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(move, { minLength: 2, maxLength: 5 }), { minLength: 3, maxLength: 5 }),
      fc.constantFrom(0, 2, 10, 60),
      async (windows, age) => {
        const user = await funder(age)
        const world = { asked: false }
        const late = await Promise.all(windows.map((moves) => play(user, moves, world)))
        const sums = await storage.rows<{
          direction: string
          sum: string
          largest: string
          count: string
        }>(
          `select direction, sum(amount_minor) filter (where state not in ('refused', 'returned')) as sum, max(amount_minor) as largest, count(*) as count
          from transfers where user_id = $1 and confirmed_at is not null group by 1`,
          [user.user.userId]
        )
        for (const { sum, largest } of sums) {
          expect(BigInt(sum ?? 0)).toBeLessThanOrEqual(DAILY_LIMIT_MINOR)
          expect(BigInt(largest)).toBeLessThanOrEqual(MAX_TRANSFER_MINOR)
        }
        const out = sums.find(({ direction }) => direction === 'out')
        expect(Number(out?.count ?? 0)).toBeLessThanOrEqual(age < 1 ? 0 : MOST_WITHDRAWALS)
        expect(BigInt(out?.sum ?? 0)).toBeLessThanOrEqual(withdrawable(age))
        expect(late.flat()).not.toContain('in')
      }
    ),
    RUNS
  )
})

test('simultaneous drafts all return, and the newest counts', async () => {
  const user = await funder()
  const made = await Promise.all(Array.from({ length: 12 }, () => draft(user, 'in', 100n)))
  const states = await storage.rows<{ state: string }>(
    'select state from transfers where user_id = $1',
    [user.user.userId]
  )
  expect(states.filter(({ state }) => state === 'draft')).toHaveLength(1)
  expect(states).toHaveLength(made.length)
  expect(await DataService.listTransfers(user.user, { limit: 20 })).toMatchObject({ items: [] })
})

describe('a confirmation', () => {
  test.each<[string, string, bigint, (user: Funder, id: string) => Promise<unknown>]>([
    ['replaced', 'an older draft', 100n, (user) => draft(user, 'in', 200n)],
    [
      'expired',
      'an old one',
      100n,
      (_, id) =>
        storage.rows(
          `update transfers set created_at = now() - interval '16 minutes' where id = $1`,
          [id]
        )
    ],
    [
      'account',
      'an account that is not open',
      100n,
      (user) =>
        storage.rows(`update bank_accounts set status = 'FROZEN' where id = $1`, [
          user.bankAccountId
        ])
    ],
    [
      'bank',
      'a bank that is not verified',
      100n,
      (user) =>
        storage.rows(`update counterparties set status = 'FAILED' where id = $1`, [
          user.counterpartyId
        ])
    ],
    [
      'bank',
      'a bank that was replaced',
      100n,
      (user) =>
        storage.rows('update counterparties set replaced_at = now() where id = $1', [
          user.counterpartyId
        ])
    ],
    [
      'deletion',
      'a user being deleted',
      100n,
      ({ user }) => DataService.requestDeletion(app, { userId: user.userId, origin: 'clerk' })
    ],
    ['limit', 'more than one transfer may be', MAX_TRANSFER_MINOR + 1n, async () => {}],
    ['limit', 'less than one transfer may be', 99n, async () => {}]
  ])('is refused with %s: %s', async (problem, _, minor, spoil) => {
    const user = await funder()
    const { id } = await draft(user, 'in', minor)
    await spoil(user, id)
    expect(await confirm(user, id)).toBe(false)
    expect(await DataService.findDraftProblem(user.user, id)).toMatchObject({ problem })
  })

  test('ignores returned transfers, unless the counterparty they came from is unusable', async () => {
    const user = await funder()
    for (const code of ['R01', 'R09']) {
      for (let n = 0; n < 2; n++) {
        const { id } = await draft(user, 'in', MAX_TRANSFER_MINOR)
        expect(await confirm(user, id)).toBe(true)
        await word(id, 'returned', code)
      }
    }
    const { id } = await draft(user, 'in', MAX_TRANSFER_MINOR)
    expect(await confirm(user, id)).toBe(true)
    await word(id, 'returned', 'R02')
    expect(await DataService.findCounterparty(user.user, user.counterpartyId)).toMatchObject({
      state: 'unusable'
    })
    expect(await confirm(user, (await draft(user, 'in', 100n)).id)).toBe(false)
  })
})
