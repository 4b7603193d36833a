// @vitest-environment node
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type BankAccount,
  balanceAt,
  isDebt,
  type Posting,
  round
} from '@/sandbox/plaid/logins/bank-data'
import { toDay } from '@/sandbox/plaid/logins/calendar'
import { generateData } from '@/sandbox/plaid/logins/generated-data'
import { openPlaidEmulator, type PlaidEmulator, SyncMirror } from '@/tests/support/plaid/emulator'

const DAY = 86_400_000
const BANKS = ['ins_109508', 'ins_109509', 'ins_109510', 'ins_109512', 'ins_43', 'ins_127287']

/** The balance by adding up every posting of the account. */
const addUp = (account: BankAccount, postings: Posting[], day: number) => {
  let balance = account.opening
  for (const p of postings)
    if (p.account === account.key && p.posted <= day)
      balance = round(balance + (isDebt(account.type) ? p.amount : -p.amount))
  return balance
}

describe('the emulator’s balances', () => {
  it('equal the opening balance plus every posting, for any user, bank and day', () => {
    const start = toDay('2026-01-01')
    fc.assert(
      fc.property(
        fc.string(),
        fc.string(),
        fc.constantFrom(...BANKS),
        fc.integer({ min: 0, max: 900 }),
        (seed, person, bank, offset) => {
          const day = start + offset
          const login = {
            seed,
            institutionId: bank,
            clientUserId: person,
            username: 'user_good',
            custom: null,
            linkedOn: day
          }
          const today = generateData(login, day)
          const later = generateData(login, day + 40)
          for (const account of today.accounts) {
            const balance = balanceAt(account, today.postings, day)
            expect(balance).toBeCloseTo(addUp(account, today.postings, day), 6)
            expect(balanceAt(account, later.postings, day)).toBe(balance)
            expect(account.key === 'loan' ? balance >= 0 : Math.abs(balance) < 2_000_000).toBe(true)
            expect(Math.round(balance * 100) / 100).toBe(balance)
          }
        }
      ),
      { numRuns: 30 }
    )
  })

  it('never overdraw by more than a month of spending', () => {
    const day = toDay('2026-11-21')
    for (const person of ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']) {
      for (const bank of BANKS) {
        const { accounts, postings } = generateData(
          {
            seed: 'pangea',
            institutionId: bank,
            clientUserId: person,
            username: 'user_good',
            custom: null,
            linkedOn: day
          },
          day
        )
        const checking = accounts.find((account) => account.key === 'checking')
        const lows = Array.from({ length: 100 }, (_, week) =>
          checking ? balanceAt(checking, postings, day - week * 7) : 0
        )
        expect(Math.min(...lows), `${person} at ${bank}`).toBeGreaterThan(-500)
      }
    }
  })

  it('move exactly by the posted rows an app sees, whatever happens to the Item', async () => {
    const step = fc.oneof(
      fc.record({
        kind: fc.constant('invent' as const),
        count: fc.integer({ min: 1, max: 6 }),
        pending: fc.boolean()
      }),
      fc.record({
        kind: fc.constantFrom(
          'post-pending' as const,
          'modify' as const,
          'remove' as const,
          'shake' as const
        )
      }),
      fc.record({ kind: fc.constant('days' as const), days: fc.integer({ min: 1, max: 9 }) })
    )
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 1, maxLength: 6 }),
        fc.constantFrom(3, 40, 500),
        fc.constantFrom(...BANKS),
        async (steps, count, bank) => {
          const emulator = openPlaidEmulator({ readyAfter: { initial: 0, historical: 0 } })
          const { token, itemId } = await emulator.link({ bank, days: 60 })
          const mirror = new SyncMirror()
          await mirror.sync(emulator, token)
          const before = await openings(emulator, token, mirror)
          for (const s of steps) {
            if (s.kind === 'days') await emulator.button('/clock', { advance: s.days * DAY })
            else if (s.kind === 'invent')
              await emulator.button(`/items/${itemId}/transactions`, {
                count: s.count,
                pending: s.pending
              })
            else
              await emulator.button(
                `/items/${itemId}/${s.kind}`,
                s.kind === 'modify' ? { patch: { amount: 4.56 } } : {}
              )
          }
          await mirror.sync(emulator, token, count)
          const whole = new SyncMirror()
          await whole.sync(emulator, token)
          expect(sorted(mirror)).toEqual(sorted(whole))
          expect(await openings(emulator, token, mirror)).toEqual(before)
        }
      ),
      { numRuns: 15 }
    )
  }, 60_000)
})

/** Each shown account's balance without the posted rows the app holds: it must never change. */
async function openings(emulator: PlaidEmulator, token: string, mirror: SyncMirror) {
  const shown = (await emulator.accounts(token)).filter(
    (account) => account.type === 'depository' || account.type === 'credit'
  )
  return shown.map((account) => {
    const posted = [...mirror.rows.values()].filter(
      (row) => row.account_id === account.account_id && !row.pending
    )
    const sum = posted.reduce((total, row) => round(total + row.amount), 0)
    const current = account.balances.current ?? Number.NaN
    return [account.name, round(account.type === 'credit' ? current - sum : current + sum, 2)]
  })
}

const sorted = (mirror: SyncMirror) =>
  [...mirror.rows.values()].sort((a, b) => a.transaction_id.localeCompare(b.transaction_id))
