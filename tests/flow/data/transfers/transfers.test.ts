import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  statesThatCanBecome,
  TRANSFER_STATES,
  type TransferState
} from '@/lib/domain/transfers/transfer'
import type { UserActor } from '@/lib/domain/users/actor'
import * as DataService from '@/lib/services/data'
import { app, auditActionsOf, newUser, usd, userVersionOf } from '@/tests/support/fixtures/data'
import { openTestStorage, type TestStorage } from '@/tests/support/storage'

let storage: TestStorage
beforeAll(async () => {
  storage = await openTestStorage()
})
afterAll(() => storage.close())

const LEASE = { leaseMs: 90_000, settlesOn: '2026-12-01' }
const facts = (mask = '0000', status = 'VERIFIED') => ({
  jikoCounterpartyId: randomUUID(),
  institutionName: 'First Bank',
  mask,
  accountType: 'CHECKING',
  status,
  verification: null
})

async function funder() {
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
    balance: usd(0n)
  }
  const account = await DataService.saveBankAccount(user, stored)
  await DataService.saveCounterparties(user, account.id, [facts()])
  const [bank] = await DataService.listCounterparties(user)
  return { user, bankAccountId: account.id, counterpartyId: bank?.id ?? '' }
}
type Funder = Awaited<ReturnType<typeof funder>>

const draft = ({ user, bankAccountId, counterpartyId }: Funder, minor = 100n) =>
  DataService.saveTransferDraft(user, {
    bankAccountId,
    counterpartyId,
    direction: 'in',
    amount: usd(minor),
    settlesOn: '2026-12-01'
  })
const stateOf = async (user: UserActor, id: string) =>
  (await DataService.getTransfer(user, id)).state

describe('a draft', () => {
  test('is the only one of its user, however many are created at once', async () => {
    const user = await funder()
    const made = await Promise.all([1n, 2n, 3n, 4n].map((minor) => draft(user, minor)))
    const [{ count } = { count: 0 }] = await storage.rows<{ count: number }>(
      `select count(*)::int as count from transfers where user_id = $1 and state = 'draft'`,
      [user.user.userId]
    )
    expect([count, made.length]).toEqual([1, 4])
  })

  test("cannot name another user's counterparty or account", async () => {
    const [user, other] = [await funder(), await funder()]
    await expect(draft({ ...user, counterpartyId: other.counterpartyId })).rejects.toMatchObject({
      code: 'not_found'
    })
    await expect(draft({ ...user, bankAccountId: other.bankAccountId })).rejects.toMatchObject({
      code: 'not_found'
    })
  })

  test('is confirmed once, by its owner only', async () => {
    const [user, other] = [await funder(), await funder()]
    const { id } = await draft(user)
    expect(await DataService.confirmTransfer(other.user, id, LEASE)).toBeNull()
    const tokens = await Promise.all(
      [1, 2, 3, 4].map(() => DataService.confirmTransfer(user.user, id, LEASE))
    )
    expect(tokens.filter(Boolean)).toHaveLength(1)
    await DataService.applyStatusUpdate(user.user, id, {
      state: 'submitted',
      jikoTransferId: `at-bank-${id}`
    })
    expect(await DataService.confirmTransfer(user.user, id, LEASE)).toBeNull()
    expect(await stateOf(user.user, id)).toBe('submitted')
    expect(
      (await auditActionsOf(storage, user.user)).filter((action) => action === 'transfer.confirmed')
    ).toHaveLength(1)
  })

  test('waits while another transfer of the account is being submitted', async () => {
    const user = await funder()
    const first = await draft(user)
    await DataService.confirmTransfer(user.user, first.id, LEASE)
    const second = await draft(user)
    expect(await DataService.confirmTransfer(user.user, second.id, LEASE)).toBeNull()
    await DataService.applyStatusUpdate(user.user, first.id, { state: 'not_sent' })
    expect(await DataService.confirmTransfer(user.user, second.id, LEASE)).toEqual(
      expect.any(String)
    )
  })
})

describe('a status update', () => {
  test('in any order, however often, leaves the most advanced state and reverts nothing', async () => {
    const words = TRANSFER_STATES.filter((state) => !['draft', 'sending'].includes(state))
    const order = fc.array(fc.constantFrom(...words), { minLength: 1, maxLength: 6 })
    await fc.assert(
      fc.asyncProperty(order, async (states: TransferState[]) => {
        const user = await funder()
        const { id } = await draft(user)
        await DataService.confirmTransfer(user.user, id, LEASE)
        let expected: TransferState = 'sending'
        for (const state of states) {
          await DataService.applyStatusUpdate(app, id, {
            state,
            jikoTransferId: `at-bank-${id}`,
            jikoStatus: state
          })
          if (statesThatCanBecome(state).includes(expected)) expected = state
          expect(await stateOf(user.user, id)).toBe(expected)
        }
      }),
      { numRuns: 12, seed: 20261121 }
    )
  })

  test('without a change notifies no one, and one for another Jiko transfer is refused', async () => {
    const user = await funder()
    const { id } = await draft(user)
    await DataService.confirmTransfer(user.user, id, LEASE)
    const word = {
      state: 'submitted' as const,
      jikoTransferId: `at-bank-${id}`,
      jikoStatus: 'PENDING'
    }
    await DataService.applyStatusUpdate(app, id, word)
    const told = await userVersionOf(user.user)
    await DataService.applyStatusUpdate(app, id, word)
    await DataService.applyStatusUpdate(app, id, { ...word, jikoStatus: 'APPROVED' })
    expect(await userVersionOf(user.user)).toBe(told)
    await DataService.applyStatusUpdate(app, id, {
      state: 'settled',
      jikoTransferId: 'another',
      jikoStatus: 'PROCESSED'
    })
    expect(await stateOf(user.user, id)).toBe('submitted')
  })

  test('by another user changes no transfer', async () => {
    const [user, other] = [await funder(), await funder()]
    const { id } = await draft(user)
    await DataService.confirmTransfer(user.user, id, LEASE)
    await DataService.applyStatusUpdate(other.user, id, { state: 'refused' })
    expect(await stateOf(user.user, id)).toBe('sending')
  })

  test('is awaited by one process at a time, and by another once its lease expires', async () => {
    await storage.rows(`update transfers set state = 'not_sent' where state = 'sending'`)
    const user = await funder()
    const { id } = await draft(user)
    const held = await DataService.confirmTransfer(user.user, id, LEASE)
    expect(await DataService.claimSubmission(app, LEASE)).toBeNull()
    await storage.rows(
      `update transfers set lease_until = now() - interval '1 second' where id = $1`,
      [id]
    )
    const claims = await Promise.all([1, 2, 3].map(() => DataService.claimSubmission(app, LEASE)))
    expect(claims.filter(Boolean)).toHaveLength(1)
    expect(await DataService.findSubmission(held ?? '')).toBeNull()
    expect(await DataService.findSubmission(claims.find(Boolean)?.leaseToken ?? '')).toMatchObject({
      id,
      attempts: 2
    })
  })
})

describe('a counterparty', () => {
  test('linked again replaces the earlier one, unless only the earlier one is verified', async () => {
    const { user, bankAccountId, counterpartyId } = await funder()
    await DataService.saveCounterparties(user, bankAccountId, [facts('0000', 'IN_PROGRESS')])
    expect((await DataService.listCounterparties(user)).map(({ id }) => id)).toContain(
      counterpartyId
    )
    await DataService.saveCounterparties(user, bankAccountId, [facts('0000'), facts('1111')])
    const listed = await DataService.listCounterparties(user)
    expect(listed.map(({ mask, state }) => [mask, state]).sort()).toEqual([
      ['0000', 'verified'],
      ['1111', 'verified']
    ])
    expect(await DataService.findCounterparty(user, counterpartyId)).toBeNull()
  })

  test('keeps a decided status, and only its owner sees it', async () => {
    const [user, other] = [await funder(), await funder()]
    await DataService.saveCounterpartyState(app, user.counterpartyId, {
      status: 'IN_PROGRESS',
      verification: null
    })
    expect(await DataService.findCounterparty(user.user, user.counterpartyId)).toMatchObject({
      state: 'verified'
    })
    await DataService.saveCounterpartyState(other.user, user.counterpartyId, {
      status: 'FAILED',
      verification: null
    })
    expect(await DataService.findCounterparty(user.user, user.counterpartyId)).toMatchObject({
      state: 'verified'
    })
    expect(await DataService.findCounterparty(other.user, user.counterpartyId)).toBeNull()
    expect(await DataService.findCounterparty(user.user, 'no-id')).toBeNull()
  })

  test("cannot be stored for another user's account", async () => {
    const [user, other] = [await funder(), await funder()]
    await DataService.saveCounterparties(other.user, user.bankAccountId, [facts('2222')])
    expect((await DataService.listCounterparties(user.user)).map(({ mask }) => mask)).toEqual([
      '0000'
    ])
    expect((await DataService.listCounterparties(other.user)).map(({ mask }) => mask)).toEqual([
      '0000'
    ])
  })
})
