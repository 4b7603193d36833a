import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { UserActor } from '@/lib/domain/users/actor'
import * as DataService from '@/lib/services/data'
import {
  account,
  auditActionsOf,
  connect,
  newUser,
  page,
  result,
  sync,
  transaction,
  usd
} from '@/tests/support/fixtures/data'
import { openTestStorage, type TestStorage } from '@/tests/support/storage'

let storage: TestStorage
beforeAll(async () => {
  storage = await openTestStorage()
})
afterAll(() => storage.close())

const accounts = [account('checking'), account('card', { type: 'credit', name: 'Card' })]
const rows = [
  transaction('coffee', { name: 'SQ *CORNER ROAST 12', merchantName: 'Corner Roast' }),
  transaction('beans', { name: 'Corner Roast Beans', plaidAccountId: 'card' }),
  transaction('refund', { name: 'CORNER ROAST', amount: usd(500n) }),
  transaction('rent', { name: 'Elm Court', categoryPrimary: 'RENT_AND_UTILITIES' })
]

async function withRows() {
  const user = await newUser()
  const connectionId = await connect(user, { accounts })
  await sync(storage, connectionId, [page({ added: rows })], result({ accounts }))
  return { user, connectionId }
}

const rule = (more: Partial<DataService.RuleInput>): DataService.RuleInput => ({
  match: 'contains',
  text: 'corner roast',
  accountId: null,
  flow: null,
  category: null,
  merchant: null,
  excluded: null,
  ...more
})
const make = (user: UserActor, more: Partial<DataService.RuleInput>, id: string = randomUUID()) =>
  DataService.saveRule(user, { id, isNew: true }, rule(more))
const categories = async (user: UserActor) =>
  Object.fromEntries(
    (await DataService.listTransactions(user, { limit: 50 })).items.map(
      ({ name, categoryPrimary }) => [name, categoryPrimary]
    )
  )

test('a rule applies to existing and synced transactions, and the user’s own edit takes precedence', async () => {
  const { user, connectionId } = await withRows()
  const [own] = (await DataService.listTransactions(user, { q: 'beans', limit: 1 })).items
  await DataService.saveEdit(
    user,
    { ids: [own?.id ?? ''] },
    { change: { category: 'MEDICAL' }, changeId: randomUUID() }
  )
  const { matched } = await make(user, { category: 'TRAVEL', merchant: 'The Roast' })
  expect(matched).toBe(3)
  await sync(
    storage,
    connectionId,
    [page({ added: [transaction('new', { name: 'corner ROAST 99' }), transaction('other')] })],
    result({ accounts })
  )
  expect(await categories(user)).toEqual({
    'SQ *CORNER ROAST 12': 'TRAVEL',
    'Corner Roast Beans': 'MEDICAL',
    'CORNER ROAST': 'TRAVEL',
    'Elm Court': 'RENT_AND_UTILITIES',
    'corner ROAST 99': 'TRAVEL',
    'Payment other': 'FOOD_AND_DRINK'
  })
  const named = await DataService.listTransactions(user, { merchant: 'the roast', limit: 50 })
  expect(named.items).toHaveLength(4)
  expect(await auditActionsOf(storage, user)).toContain('rule.stored')
})

test('a rule is re-evaluated when the bank changes the name at posting', async () => {
  const { user, connectionId } = await withRows()
  await make(user, { category: 'TRAVEL' })
  await sync(
    storage,
    connectionId,
    [
      page({
        modified: [
          transaction('rent', { name: 'Corner Roast rent' }),
          transaction('refund', { name: 'Somebody', amount: usd(500n) })
        ]
      })
    ],
    result({ accounts })
  )
  expect(await categories(user)).toMatchObject({
    'Corner Roast rent': 'TRAVEL',
    Somebody: 'FOOD_AND_DRINK'
  })
})

test('all conditions must match', async () => {
  const { user } = await withRows()
  const [card] = (await DataService.listAccounts(user)).filter(({ name }) => name === 'Card')
  const hits = async (more: Partial<DataService.RuleInput>) =>
    (await make(user, { category: 'TRAVEL', ...more })).matched
  expect(await hits({ match: 'equals' })).toBe(2)
  expect(await hits({ flow: 'in' })).toBe(1)
  expect(await hits({ flow: 'out' })).toBe(2)
  expect(await hits({ accountId: card?.id ?? '' })).toBe(1)
  expect(await hits({ match: null, text: null, accountId: card?.id ?? '', flow: 'in' })).toBe(0)
  expect(await hits({ text: '%' })).toBe(0)
})

test('of two rules for the same field the newer one wins, and each field is decided separately', async () => {
  const { user } = await withRows()
  await make(user, { category: 'TRAVEL', merchant: 'Old name' })
  const newer = randomUUID()
  await make(user, { text: 'corner', category: 'MEDICAL', excluded: true }, newer)
  const coffee = async () =>
    (await DataService.listTransactions(user, { q: 'sq', limit: 1 })).items[0]
  expect(await coffee()).toMatchObject({
    categoryPrimary: 'MEDICAL',
    merchantName: 'Old name',
    excluded: true
  })
  await DataService.deleteRule(user, newer)
  expect(await coffee()).toMatchObject({
    categoryPrimary: 'TRAVEL',
    merchantName: 'Old name',
    excluded: false
  })
})

test('a changed rule releases transactions that no longer match, and a deleted rule releases all', async () => {
  const { user } = await withRows()
  const id = randomUUID()
  await make(user, { category: 'TRAVEL' }, id)
  await DataService.saveRule(user, { id, isNew: false }, rule({ text: 'elm', category: 'TRAVEL' }))
  expect(await categories(user)).toMatchObject({
    'Elm Court': 'TRAVEL',
    'CORNER ROAST': 'FOOD_AND_DRINK'
  })
  await DataService.deleteRule(user, id)
  expect(await categories(user)).toMatchObject({
    'Elm Court': 'RENT_AND_UTILITIES',
    'CORNER ROAST': 'FOOD_AND_DRINK'
  })
  await expect(DataService.deleteRule(user, id)).rejects.toMatchObject({ code: 'not_found' })
})

test('the same rule created twice is one, and other users cannot see, change or delete it', async () => {
  const { user } = await withRows()
  const id = randomUUID()
  await make(user, { category: 'TRAVEL' }, id)
  await make(user, { category: 'TRAVEL' }, id)
  const otherUser = await newUser()
  expect(await DataService.listRules(user)).toMatchObject([
    { id, text: 'corner roast', category: 'TRAVEL' }
  ])
  expect(await DataService.listRules(otherUser)).toEqual([])
  await expect(
    DataService.saveRule(otherUser, { id, isNew: false }, rule({ category: 'MEDICAL' }))
  ).rejects.toMatchObject({ code: 'not_found' })
  await expect(
    DataService.saveRule(otherUser, { id, isNew: true }, rule({ category: 'MEDICAL' }))
  ).rejects.toMatchObject({ code: 'invalid' })
  await expect(DataService.deleteRule(otherUser, id)).rejects.toMatchObject({ code: 'not_found' })
  const [mine] = await DataService.listAccounts(user)
  await expect(
    make(otherUser, { accountId: mine?.id ?? '', category: 'MEDICAL' })
  ).rejects.toMatchObject({
    code: 'invalid',
    fields: { accountId: expect.any(String) }
  })
  expect(await categories(user)).toMatchObject({ 'CORNER ROAST': 'TRAVEL' })
})
