import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { UserActor } from '@/lib/domain/users/actor'
import { DataService, PangeaService } from '@/lib/services'
import { completeDraft, SSN } from '@/tests/support/applicant'
import { openWorld, type World } from '@/tests/support/world'

const MONTH = 31 * 24 * 3_600_000

let world: World
let user: UserActor
let pocket = ''
beforeAll(async () => {
  world = await openWorld()
  ;({ user, pocket } = await opened())
})
afterAll(() => world.close())

async function opened() {
  const user = await world.createUser()
  await completeDraft(user)
  await PangeaService.onboardUser(user, { ssn: SSN, withLinkToken: true })
  await PangeaService.onboardUser(user, {})
  return {
    user,
    pocket: (await DataService.findBankAccount(user))?.jikoPocketId ?? ''
  }
}

describe('holdings', () => {
  test('show the current state: bills, cash, and the strategy with its yield', async () => {
    expect(await PangeaService.getInvestments(user)).toMatchObject({
      securities: [],
      strategyId: 'UST-4W'
    })
    await world.control('jiko', `/pockets/${pocket}/fund`, { cents: 250_000 })
    const { cash, securities, strategies, strategyId } = await PangeaService.getInvestments(user)
    const total = securities.reduce(
      (sum, { value }) => sum + (value?.minor ?? 0n),
      cash?.minor ?? 0n
    )
    expect(total).toBe(250_000n)
    expect(securities[0]).toMatchObject({
      description: expect.stringContaining('Treasury'),
      yieldToMaturity: '0.0412',
      maturesOn: expect.stringMatching(/^\d{4}-\d{2}-\d{2}$/)
    })
    expect(strategies.find(({ id }) => id === strategyId)).toMatchObject({
      yieldToMaturity: '0.0412'
    })
  })

  test('move to another strategy when the user chooses one, with an audit row', async () => {
    expect(await PangeaService.chooseStrategy(user, { strategyId: 'UST-13W' })).toMatchObject({
      strategyId: 'UST-13W'
    })
    const audited = await world.storage.rows(
      `select detail from audit_entries join audit_details on audit_id = id where action = 'bank_account.strategy_chosen' and user_id = $1`,
      [user.userId]
    )
    expect(audited).toEqual([{ detail: { strategyId: 'UST-13W' } }])
  })

  test('cannot move to an unlisted strategy, nor while the account is frozen', async () => {
    await expect(PangeaService.chooseStrategy(user, { strategyId: 'GOLD' })).rejects.toMatchObject({
      code: 'invalid'
    })
    const frozen = await opened()
    await world.control('jiko', `/pockets/${frozen.pocket}/status`, { status: 'FROZEN' })
    const account = await DataService.findBankAccount(frozen.user)
    await DataService.saveBankAccountState(frozen.user, account?.id ?? '', {
      status: 'FROZEN',
      balance: null,
      accountNumberLast4: null,
      routingNumberLast4: null
    })
    await expect(
      PangeaService.chooseStrategy(frozen.user, { strategyId: 'UST-26W' })
    ).rejects.toMatchObject({ code: 'conflict' })
  })
})

describe('bank transactions', () => {
  test('come page by page, newest first, each once', async () => {
    const other = await opened()
    for (let n = 1; n <= 7; n++)
      await world.control('jiko', `/pockets/${other.pocket}/fund`, { cents: n * 100 })
    const seen: bigint[] = []
    for (let cursor: string | undefined, page = 0; page < 10; page++) {
      const { items, next } = await PangeaService.listAccountTransactions(other.user, {
        cursor,
        limit: 3
      })
      seen.push(...items.map(({ amount }) => amount.minor))
      if (!next) break
      cursor = next
    }
    expect(seen).toEqual([700n, 600n, 500n, 400n, 300n, 200n, 100n])
  })

  test('refuse an unknown page token in our words', async () => {
    await expect(
      PangeaService.listAccountTransactions(user, { cursor: 'bm90aGluZyBoZXJl', limit: 3 })
    ).rejects.toMatchObject({
      name: 'RequestError',
      code: 'invalid'
    })
  })
})

describe('statements', () => {
  test('are listed without links, and a link is created on request and not stored', async () => {
    await world.control('jiko', '/clock', { advance: 2 * MONTH })
    const { items } = await PangeaService.listAccountStatements(user, { limit: 30 })
    expect(items.length).toBeGreaterThanOrEqual(2)
    expect(JSON.stringify(items)).not.toContain('http')
    const { url } = await PangeaService.openStatement(user, {
      id: items[0]?.jikoStatementId ?? ''
    })
    expect((await fetch(url)).headers.get('content-type')).toBe('application/pdf')
    const tables = await world.storage.rows<{ name: string }>(
      `select table_name as name from information_schema.tables where table_schema = 'public'`
    )
    for (const { name } of tables)
      expect(
        JSON.stringify(await world.storage.rows(`select t::text from "${name}" t`)),
        name
      ).not.toContain('/files/statements/')
  })

  test('of another user are not found, and without an account there are none', async () => {
    const { items } = await PangeaService.listAccountStatements(user, { limit: 30 })
    const [other, newUser] = [await opened(), await world.createUser()]
    await expect(
      PangeaService.openStatement(other.user, { id: items[0]?.jikoStatementId ?? '' })
    ).rejects.toMatchObject({ code: 'not_found' })
    for (const ask of [
      () => PangeaService.getInvestments(newUser),
      () => PangeaService.listAccountStatements(newUser, { limit: 30 }),
      () => PangeaService.listAccountTransactions(newUser, { limit: 30 })
    ])
      await expect(ask()).rejects.toMatchObject({ code: 'not_found' })
  })
})

describe('trade confirmations', () => {
  test('are listed without links; a link is created on request, not stored, and for its owner only', async () => {
    const [user, other] = [await opened(), await opened()]
    await world.control('jiko', `/pockets/${user.pocket}/fund`, { cents: 250_000 })
    const { items } = await PangeaService.listTrades(user.user, { limit: 30 })
    expect(items).toMatchObject([{ sold: false, amount: { minor: 250_000n } }])
    expect(
      JSON.stringify(items, (_, value) => (typeof value === 'bigint' ? String(value) : value))
    ).not.toContain('http')
    const id = items[0]?.jikoTradeId ?? ''
    const { url } = await PangeaService.openTradeConfirmation(user.user, { id })
    expect((await fetch(url)).headers.get('content-type')).toBe('application/pdf')
    await expect(PangeaService.openTradeConfirmation(other.user, { id })).rejects.toMatchObject({
      code: 'not_found'
    })
    const tables = await world.storage.rows<{ name: string }>(
      `select table_name as name from information_schema.tables where table_schema = 'public'`
    )
    for (const { name } of tables)
      expect(
        JSON.stringify(await world.storage.rows(`select t::text from "${name}" t`)),
        name
      ).not.toContain('/files/confirmations/')
    const audited = await world.storage.rows(
      `select detail from audit_entries join audit_details on audit_id = id where action = 'account.confirmation_opened' and user_id = $1`,
      [user.user.userId]
    )
    expect(audited).toEqual([{ detail: { trade: id } }])
  })
})
