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
import { app, auditActionsOf, newUser, usd, userVersionOf } from '@/tests/support/data-fixtures'
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
  const person = await newUser()
  const { id } = await DataService.startApplication(person, { body: '{}' })
  const application = await DataService.storeApplicationStatus(person, id, {
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
  const account = await DataService.storeBankAccount(person, stored)
  await DataService.storeCounterparties(person, account.id, [facts()])
  const [bank] = await DataService.listCounterparties(person)
  return { person, bankAccountId: account.id, counterpartyId: bank?.id ?? '' }
}
type Funder = Awaited<ReturnType<typeof funder>>

const draft = ({ person, bankAccountId, counterpartyId }: Funder, minor = 100n) =>
  DataService.storeTransferDraft(person, {
    bankAccountId,
    counterpartyId,
    direction: 'in',
    amount: usd(minor),
    settlesOn: '2026-12-01'
  })
const stateOf = async (person: UserActor, id: string) =>
  (await DataService.getTransfer(person, id)).state

describe('a draft', () => {
  test('is the only one of its user, however many are created at once', async () => {
    const who = await funder()
    const made = await Promise.all([1n, 2n, 3n, 4n].map((minor) => draft(who, minor)))
    const [{ count } = { count: 0 }] = await storage.rows<{ count: number }>(
      `select count(*)::int as count from transfers where user_id = $1 and state = 'draft'`,
      [who.person.userId]
    )
    expect([count, made.length]).toEqual([1, 4])
  })

  test("cannot name another user's counterparty or account", async () => {
    const [who, other] = [await funder(), await funder()]
    await expect(draft({ ...who, counterpartyId: other.counterpartyId })).rejects.toMatchObject({
      code: 'not_found'
    })
    await expect(draft({ ...who, bankAccountId: other.bankAccountId })).rejects.toMatchObject({
      code: 'not_found'
    })
  })

  test('is confirmed once, by its owner only', async () => {
    const [who, other] = [await funder(), await funder()]
    const { id } = await draft(who)
    expect(await DataService.confirmTransfer(other.person, id, LEASE)).toBeNull()
    const tokens = await Promise.all(
      [1, 2, 3, 4].map(() => DataService.confirmTransfer(who.person, id, LEASE))
    )
    expect(tokens.filter(Boolean)).toHaveLength(1)
    await DataService.storeTransferWord(who.person, id, {
      state: 'submitted',
      jikoTransferId: `at-bank-${id}`
    })
    expect(await DataService.confirmTransfer(who.person, id, LEASE)).toBeNull()
    expect(await stateOf(who.person, id)).toBe('submitted')
    expect(
      (await auditActionsOf(storage, who.person)).filter(
        (action) => action === 'transfer.confirmed'
      )
    ).toHaveLength(1)
  })

  test('waits while another transfer of the account is being submitted', async () => {
    const who = await funder()
    const first = await draft(who)
    await DataService.confirmTransfer(who.person, first.id, LEASE)
    const second = await draft(who)
    expect(await DataService.confirmTransfer(who.person, second.id, LEASE)).toBeNull()
    await DataService.storeTransferWord(who.person, first.id, { state: 'not_sent' })
    expect(await DataService.confirmTransfer(who.person, second.id, LEASE)).toEqual(
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
        const who = await funder()
        const { id } = await draft(who)
        await DataService.confirmTransfer(who.person, id, LEASE)
        let expected: TransferState = 'sending'
        for (const state of states) {
          await DataService.storeTransferWord(app, id, {
            state,
            jikoTransferId: `at-bank-${id}`,
            jikoStatus: state
          })
          if (statesThatCanBecome(state).includes(expected)) expected = state
          expect(await stateOf(who.person, id)).toBe(expected)
        }
      }),
      { numRuns: 12, seed: 20261121 }
    )
  })

  test('without a change notifies no one, and one for another Jiko transfer is refused', async () => {
    const who = await funder()
    const { id } = await draft(who)
    await DataService.confirmTransfer(who.person, id, LEASE)
    const word = {
      state: 'submitted' as const,
      jikoTransferId: `at-bank-${id}`,
      jikoStatus: 'PENDING'
    }
    await DataService.storeTransferWord(app, id, word)
    const told = await userVersionOf(who.person)
    await DataService.storeTransferWord(app, id, word)
    await DataService.storeTransferWord(app, id, { ...word, jikoStatus: 'APPROVED' })
    expect(await userVersionOf(who.person)).toBe(told)
    await DataService.storeTransferWord(app, id, {
      state: 'settled',
      jikoTransferId: 'another',
      jikoStatus: 'PROCESSED'
    })
    expect(await stateOf(who.person, id)).toBe('submitted')
  })

  test('by another user changes no transfer', async () => {
    const [who, other] = [await funder(), await funder()]
    const { id } = await draft(who)
    await DataService.confirmTransfer(who.person, id, LEASE)
    await DataService.storeTransferWord(other.person, id, { state: 'refused' })
    expect(await stateOf(who.person, id)).toBe('sending')
  })

  test('is awaited by one process at a time, and by another once its lease expires', async () => {
    await storage.rows(`update transfers set state = 'not_sent' where state = 'sending'`)
    const who = await funder()
    const { id } = await draft(who)
    const held = await DataService.confirmTransfer(who.person, id, LEASE)
    expect(await DataService.claimOrder(app, LEASE)).toBeNull()
    await storage.rows(
      `update transfers set lease_until = now() - interval '1 second' where id = $1`,
      [id]
    )
    const claims = await Promise.all([1, 2, 3].map(() => DataService.claimOrder(app, LEASE)))
    expect(claims.filter(Boolean)).toHaveLength(1)
    expect(await DataService.findOrder(held ?? '')).toBeNull()
    expect(await DataService.findOrder(claims.find(Boolean)?.leaseToken ?? '')).toMatchObject({
      id,
      attempts: 2
    })
  })
})

describe('a counterparty', () => {
  test('linked again replaces the earlier one, unless only the earlier one is verified', async () => {
    const { person, bankAccountId, counterpartyId } = await funder()
    await DataService.storeCounterparties(person, bankAccountId, [facts('0000', 'IN_PROGRESS')])
    expect((await DataService.listCounterparties(person)).map(({ id }) => id)).toContain(
      counterpartyId
    )
    await DataService.storeCounterparties(person, bankAccountId, [facts('0000'), facts('1111')])
    const listed = await DataService.listCounterparties(person)
    expect(listed.map(({ mask, state }) => [mask, state]).sort()).toEqual([
      ['0000', 'verified'],
      ['1111', 'verified']
    ])
    expect(await DataService.findCounterparty(person, counterpartyId)).toBeNull()
  })

  test('keeps a decided status, and only its owner sees it', async () => {
    const [who, other] = [await funder(), await funder()]
    await DataService.storeCounterpartyState(app, who.counterpartyId, {
      status: 'IN_PROGRESS',
      verification: null
    })
    expect(await DataService.findCounterparty(who.person, who.counterpartyId)).toMatchObject({
      state: 'verified'
    })
    await DataService.storeCounterpartyState(other.person, who.counterpartyId, {
      status: 'FAILED',
      verification: null
    })
    expect(await DataService.findCounterparty(who.person, who.counterpartyId)).toMatchObject({
      state: 'verified'
    })
    expect(await DataService.findCounterparty(other.person, who.counterpartyId)).toBeNull()
    expect(await DataService.findCounterparty(who.person, 'no-id')).toBeNull()
  })

  test("cannot be stored for another user's account", async () => {
    const [who, other] = [await funder(), await funder()]
    await DataService.storeCounterparties(other.person, who.bankAccountId, [facts('2222')])
    expect((await DataService.listCounterparties(who.person)).map(({ mask }) => mask)).toEqual([
      '0000'
    ])
    expect((await DataService.listCounterparties(other.person)).map(({ mask }) => mask)).toEqual([
      '0000'
    ])
  })
})
