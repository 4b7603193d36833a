/** The terms of cards and loans, from Plaid to the accounts. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { systemActor, type UserActor } from '@/lib/domain/users/actor'
import { DataService, PangeaService } from '@/lib/services'
import { controlItem, linkedUser, relinkBankThroughLink } from '@/tests/support/connections'
import { resetSingletons, setOptionalProducts } from '@/tests/support/environment'
import { captureLogs } from '@/tests/support/leaks'
import { openWorld, type World } from '@/tests/support/world'

const MORTGAGE = 'ins_900003'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => {
  setOptionalProducts()
  return world.close()
})
beforeEach(() => setOptionalProducts('liabilities'))

const termsOf = async (user: UserActor) =>
  Object.fromEntries(
    (await DataService.listAccounts(user)).flatMap(({ subtype, liability }) =>
      liability ? [[subtype, liability]] : []
    )
  )
const wasAsked = async (connectionId: string) =>
  world.storage.rows(
    `select 1 from vendor_events where connection_id = $1 and method = '/liabilities/get'`,
    [connectionId]
  )

/** The responses of Plaid's API for the Item, read with its own client. */
async function plaidSays(connectionId: string) {
  const accessToken = await DataService.getAccessToken(systemActor('test'), connectionId)
  const response = await fetch(`${process.env.PLAID_BASE_URL}/liabilities/get`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      client_id: process.env.PLAID_CLIENT_ID,
      secret: process.env.PLAID_SECRET,
      access_token: accessToken
    })
  })
  return (await response.json()).liabilities
}

test('a card and a loan have the rate, minimum payment and due date that Plaid reports', async () => {
  const { user, connectionId } = await linkedUser(world)
  const terms = await termsOf(user)
  const { credit, student } = await plaidSays(connectionId)
  const cents = (value: number) => ({ minor: BigInt(Math.round(value * 100)), currency: 'USD' })
  expect(terms['credit card']).toEqual({
    kind: 'credit',
    rates: [
      { type: 'purchase_apr', percentage: '21.49' },
      { type: 'cash_apr', percentage: '27.99' }
    ],
    minimum: cents(credit[0].minimum_payment_amount),
    dueOn: credit[0].next_payment_due_date,
    overdue: false,
    statement: cents(credit[0].last_statement_balance),
    statementOn: credit[0].last_statement_issue_date
  })
  expect(terms.student).toMatchObject({
    kind: 'student',
    rates: [{ type: 'interest', percentage: String(student[0].interest_rate_percentage) }],
    minimum: cents(student[0].minimum_payment_amount),
    dueOn: student[0].next_payment_due_date
  })
  expect(Object.keys(terms)).toHaveLength(2)
})

test('a mortgage has its monthly payment, even where transactions are not read', async () => {
  setOptionalProducts()
  const { user } = await linkedUser(world, { kind: 'mortgage', institutionId: MORTGAGE })
  expect((await termsOf(user)).mortgage).toMatchObject({
    kind: 'mortgage',
    rates: [{ type: 'fixed', percentage: expect.stringMatching(/^\d+(\.\d+)?$/) }],
    minimum: { minor: expect.any(BigInt), currency: 'USD' },
    dueOn: expect.stringMatching(/^\d{4}-\d\d-28$/)
  })
})

test('terms are not read unless the deployment asks for them', async () => {
  setOptionalProducts()
  const { user, connectionId } = await linkedUser(world)
  expect(await termsOf(user)).toEqual({})
  expect(await wasAsked(connectionId)).toEqual([])
})

test('an already linked bank offers its terms, and has them after consent in update mode', async () => {
  setOptionalProducts()
  const { user, connectionId } = await linkedUser(world)
  const offered = async () => (await DataService.getConnection(user, connectionId)).missingProducts
  expect(await offered()).toEqual([])
  setOptionalProducts('liabilities')
  expect(await offered()).toEqual(['liabilities'])
  await relinkBankThroughLink(world, user, connectionId)
  await world.settle()
  expect(await offered()).toEqual([])
  expect(Object.keys(await termsOf(user)).sort()).toEqual(['credit card', 'student'])
})

test('a LIABILITIES webhook refreshes the terms', async () => {
  const { connectionId, itemId } = await linkedUser(world)
  const before = (await wasAsked(connectionId)).length
  await controlItem(world, itemId, 'fire/DEFAULT_UPDATE', { type: 'LIABILITIES' })
  expect((await wasAsked(connectionId)).length).toBeGreaterThan(before)
})

test.each([
  ['INSTITUTION_DOWN', []],
  ['PRODUCT_NOT_READY', []],
  ['ADDITIONAL_CONSENT_REQUIRED', ['liabilities']]
])(
  'terms refused with %s leave the sync complete, the last known ones in place, and %j to consent to',
  async (code, missingProducts) => {
    const { user, connectionId } = await linkedUser(world)
    const before = await termsOf(user)
    const logged = captureLogs()
    try {
      await world.control('plaid', '/faults', { path: '/liabilities/get', kind: '400', code })
      await DataService.requestSync(user, connectionId, 'test')
      await world.settle()
    } finally {
      world.plaid.faults.clear()
      resetSingletons('log')
    }
    expect(logged()).toContain(code)
    expect(await DataService.getConnection(user, connectionId)).toMatchObject({
      status: 'good',
      missingProducts,
      sync: { status: 'completed', code: null }
    })
    expect(await termsOf(user)).toEqual(before)
  }
)

test('terms end with the access to the bank, while the history stays', async () => {
  const { user, connectionId } = await linkedUser(world)
  expect(Object.keys(await termsOf(user))).toHaveLength(2)
  await PangeaService.disconnectBank(user, connectionId, { history: 'keep' })
  await world.settle()
  expect(
    await world.storage.rows('select 1 from liabilities where user_id = $1', [user.userId])
  ).toEqual([])
  expect(await DataService.listPastConnections(user)).toHaveLength(1)
})
