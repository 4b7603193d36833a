import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { monthPeriods } from '@/lib/domain/periods'
import * as DataService from '@/lib/services/data'
import {
  account,
  app,
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

const TODAY = '2026-03-21'
let storage: TestStorage
beforeAll(async () => {
  storage = await openTestStorage()
})
afterAll(() => storage.close())

const accounts = [
  account('checking', { current: usd(500n) }),
  account('savings', { current: usd(700n), subtype: 'savings' })
]

async function arrange() {
  const owner = await newUser()
  const connectionId = await connect(owner, { accounts })
  await sync(
    storage,
    connectionId,
    [page({ added: [transaction('one'), transaction('two', { plaidAccountId: 'savings' })] })],
    result({ accounts })
  )
  const [checking, savings] = await DataService.listAccounts(owner)
  if (!checking || !savings) throw new Error('two accounts were linked')
  return { owner, connectionId, checking, savings }
}

const worthOf = async (owner: Parameters<typeof DataService.getNetWorth>[0]) =>
  (await DataService.getNetWorth(owner, TODAY)).currencies[0]?.net

describe('account preferences', () => {
  it('hide the account from lists and sums, and restore it unchanged', async () => {
    const { owner, savings } = await arrange()
    await DataService.saveAccountView(owner, savings.id, { hidden: true })
    expect((await DataService.listAccounts(owner)).map(({ id }) => id)).not.toContain(savings.id)
    expect(
      (await DataService.listAccounts(owner, { hidden: true })).find(({ id }) => id === savings.id)
    ).toMatchObject({ hidden: true })
    expect(
      (await DataService.listTransactions(owner, { limit: 10 })).items.map(({ name }) => name)
    ).toEqual(['Payment one'])
    expect(await worthOf(owner)).toBe(500n)
    expect((await DataService.getSpending(owner, monthPeriods('2026-03', TODAY)))[0]?.total).toBe(
      1_250n
    )
    const history = await DataService.getNetWorthHistory(owner, { range: '1m', timeZone: 'UTC' })
    expect(history[0]?.points.at(-1)?.minor).toBe(500n)
    await DataService.saveAccountView(owner, savings.id, { hidden: false })
    expect(await worthOf(owner)).toBe(1_200n)
    expect((await DataService.listTransactions(owner, { limit: 10 })).items).toHaveLength(2)
    expect(await auditActionsOf(storage, owner)).toContain('account.view_changed')
  })

  it('survive every sync and relink, even when the bank changes the account id', async () => {
    const { owner, connectionId, checking, savings } = await arrange()
    await DataService.saveAccountView(owner, checking.id, { name: 'Everyday 🏠' })
    await DataService.saveAccountView(owner, savings.id, { hidden: true })
    await sync(
      storage,
      connectionId,
      [],
      result({ accounts: accounts.map((one) => ({ ...one, current: usd(1n) })) })
    )
    const renumbered = accounts.map((one) => ({
      ...one,
      plaidAccountId: `${one.plaidAccountId}-again`
    }))
    await DataService.saveRelink(app, connectionId, {
      item: { status: 'good', errorType: null, errorCode: null },
      accounts: renumbered,
      trigger: 'relink',
      sessionId: null
    })
    const [one] = await DataService.listAccounts(owner)
    expect(one).toMatchObject({
      id: checking.id,
      name: 'Everyday 🏠',
      bankName: 'Account checking'
    })
    expect(await DataService.listAccounts(owner)).toHaveLength(1)
    const { items } = await DataService.listTransactions(owner, { limit: 10 })
    expect(items.map(({ accountName }) => accountName)).toEqual(['Everyday 🏠'])
    await DataService.saveAccountView(owner, checking.id, { name: null })
    expect((await DataService.listAccounts(owner))[0]?.name).toBe('Account checking')
  })

  it('apply again when a disconnected bank is linked again, and only to that bank', async () => {
    const { owner, connectionId, checking, savings } = await arrange()
    const institution = {
      id: (await DataService.getConnection(owner, connectionId)).institutionId ?? '',
      name: 'First Platypus Bank'
    }
    await DataService.saveAccountView(owner, checking.id, { name: 'Daily' })
    await DataService.saveAccountView(owner, savings.id, { hidden: true })
    await DataService.requestRemoval(owner, connectionId, 'keep')
    const again = await connect(owner, {
      institution,
      accounts: accounts.map((one) => ({ ...one, plaidAccountId: `new-${one.plaidAccountId}` }))
    })
    const elsewhere = await connect(owner, { accounts })
    const seen = await DataService.listAccounts(owner, { hidden: true })
    const of = (id: string) =>
      seen.filter((one) => one.connectionId === id).map(({ name, hidden }) => [name, hidden])
    expect(of(again)).toEqual([
      ['Daily', false],
      ['Account savings', true]
    ])
    expect(of(elsewhere)).toEqual([
      ['Account checking', false],
      ['Account savings', false]
    ])
  })

  it('cannot be changed by another user', async () => {
    const { owner, checking } = await arrange()
    const other = await newUser()
    for (const id of [checking.id, 'not-an-id'])
      await expect(DataService.saveAccountView(other, id, { hidden: true })).rejects.toMatchObject({
        code: 'not_found'
      })
    expect(await DataService.listAccounts(owner)).toHaveLength(2)
  })
})
