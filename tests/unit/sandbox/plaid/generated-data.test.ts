// @vitest-environment node
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { getInstitution, listInstitutions } from '@/sandbox/plaid/institutions'
import { openPlaidEmulator, SyncMirror, type WireRow } from '@/tests/support/plaid/emulator'

async function twoYears(bank = 'ins_109508', user = 'user_1') {
  const emulator = openPlaidEmulator()
  const item = await emulator.link({ bank, user })
  const mirror = new SyncMirror()
  await mirror.sync(emulator, item.token)
  return { emulator, item, rows: [...mirror.rows.values()] }
}
const months = (rows: WireRow[]) => new Set(rows.map((row) => row.date.slice(0, 7))).size

describe('a user’s data at an emulated bank', () => {
  it('contains two years of wages, rent, bills, subscriptions, groceries, transfers, card payments, refunds and pending rows', async () => {
    const { rows } = await twoYears()
    const of = (detailed: string) =>
      rows.filter((row) => row.personal_finance_category?.detailed === detailed)
    expect(of('INCOME_WAGES').length).toBeGreaterThan(45)
    expect(of('INCOME_WAGES').every((row) => row.amount < 0)).toBe(true)
    for (const kind of [
      'RENT_AND_UTILITIES_RENT',
      'RENT_AND_UTILITIES_GAS_AND_ELECTRICITY',
      'ENTERTAINMENT_MUSIC_AND_AUDIO',
      'FOOD_AND_DRINK_GROCERIES'
    ]) {
      expect(months(of(kind)), kind).toBeGreaterThanOrEqual(23)
    }
    expect(
      of('LOAN_PAYMENTS_CREDIT_CARD_PAYMENT').reduce((sum, row) => sum + row.amount, 0)
    ).toBeCloseTo(0, 6)
    expect(of('TRANSFER_OUT_SAVINGS').length).toBeGreaterThan(5)
    expect(
      rows.filter(
        (row) => row.amount < 0 && row.personal_finance_category?.primary === 'GENERAL_MERCHANDISE'
      ).length
    ).toBeGreaterThan(2)
    expect(rows.length).toBeGreaterThan(1_000)
  })

  it('differs by user and bank, and is otherwise the same', async () => {
    const signature = (rows: WireRow[]) =>
      rows.map((row) => `${row.date}|${row.amount}|${row.name}`).sort()
    const base = signature((await twoYears()).rows)
    expect(signature((await twoYears()).rows)).toEqual(base)
    expect(signature((await twoYears('ins_109508', 'user_2')).rows)).not.toEqual(base)
    expect(signature((await twoYears('ins_109511')).rows)).not.toEqual(base)
  })

  it('continues: a new day posts pending rows and adds new ones', async () => {
    const { emulator, item } = await twoYears()
    const mirror = new SyncMirror()
    await mirror.sync(emulator, item.token)
    const before = [...mirror.rows.values()]
    await emulator.button('/clock', { advance: 5 * 86_400_000 })
    await mirror.sync(emulator, item.token)
    const after = [...mirror.rows.values()]
    expect(after.length).toBeGreaterThan(before.length)
    const waiting = before.filter((row) => row.pending)
    for (const row of waiting)
      expect(
        after.find((next) => next.pending_transaction_id === row.transaction_id)?.pending
      ).toBe(false)
    expect(waiting.some((row) => mirror.rows.has(row.transaction_id))).toBe(false)
  })

  it('recurs: wages every two weeks, rent and subscriptions every month', async () => {
    const { emulator, item } = await twoYears()
    const Stream = z.looseObject({
      frequency: z.string(),
      is_active: z.boolean(),
      merchant_name: z.string().nullable(),
      transaction_ids: z.array(z.string())
    })
    const answer = z
      .looseObject({ inflow_streams: z.array(Stream), outflow_streams: z.array(Stream) })
      .parse(await emulator.call('/transactions/recurring/get', { access_token: item.token }))
    expect(
      answer.inflow_streams.some((stream) => stream.frequency === 'BIWEEKLY' && stream.is_active)
    ).toBe(true)
    const monthly = answer.outflow_streams
      .filter((stream) => stream.frequency === 'MONTHLY')
      .map((stream) => stream.merchant_name)
    expect(monthly).toEqual(expect.arrayContaining(['Streamwell', 'Tunebox', 'Lakeside Power']))
  })

  it('at the edge-case bank uses nulls, euros, unofficial currencies and many decimals', async () => {
    const { emulator, item, rows } = await twoYears('ins_900001')
    const accounts = await emulator.accounts(item.token)
    expect(accounts.some((account) => account.mask === null && account.subtype === null)).toBe(true)
    expect(accounts.map((account) => account.balances.iso_currency_code)).toEqual(
      expect.arrayContaining(['EUR', 'USD', null])
    )
    expect(rows.some((row) => row.personal_finance_category === null)).toBe(true)
    expect(rows.some((row) => !Number.isInteger(Math.round(row.amount * 1e9) / 1e7))).toBe(true)
  })

  it('keeps an account’s persistent id on every link at an OAuth bank with Auth, and nowhere else', async () => {
    const emulator = openPlaidEmulator()
    const names = async (bank: string, products: string[]) => {
      const { token } = await emulator.link({ bank, products })
      return (await emulator.accounts(token)).map((account) => account.persistent_account_id)
    }
    const both = ['transactions', 'auth']
    const first = await names('ins_127287', both)
    expect(new Set(first).size).toBe(2)
    expect(first).not.toContain(undefined)
    expect(await names('ins_127287', both)).toEqual(first)
    expect(await names('ins_127287', ['transactions'])).toEqual(Array(5).fill(undefined))
    expect(await names('ins_109508', both)).toEqual(Array(2).fill(undefined))
  })
})

describe('emulated banks', () => {
  it('are at least ten, each with its own logo and colour', () => {
    const all = listInstitutions({})
    expect(all.length).toBeGreaterThanOrEqual(10)
    expect(new Set(all.map((bank) => bank.id)).size).toBe(all.length)
    for (const bank of all) {
      expect(Buffer.from(bank.logo, 'base64').subarray(1, 4).toString(), bank.name).toBe('PNG')
      expect(bank.primaryColor).toMatch(/^#[0-9a-f]{6}$/)
    }
  })

  it('are found by part of a name, by country and by product', () => {
    expect(listInstitutions({ query: 'tartan' }).map((bank) => bank.id)).toEqual([
      'ins_109511',
      'ins_43'
    ])
    expect(
      listInstitutions({ query: 'tartan', countryCodes: ['CA'] }).map((bank) => bank.id)
    ).toEqual(['ins_43'])
    expect(
      listInstitutions({ products: ['transactions'] }).some((bank) => bank.id === 'ins_109508')
    ).toBe(true)
    expect(getInstitution('ins_127287')?.oauth).toBe(true)
  })
})
