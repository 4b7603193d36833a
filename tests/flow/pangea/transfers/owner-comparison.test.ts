/** The owner of a bank account for transfers is compared with the applicant, Ada Okafor. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { GET as counterpartiesRoute } from '@/app/api/v1/account/counterparties/route'
import { OTHER_OWNER_LIMIT_MINOR } from '@/lib/domain/transfers/protection'
import { DataService, PangeaService } from '@/lib/services'
import { plaid } from '@/pangea.config'
import { linkBankThroughLink } from '@/tests/support/connections'
import { resetSingletons } from '@/tests/support/environment'
import {
  ageTrust,
  type FundedUser,
  fundedUser,
  fundingLinkResult,
  makeTransfer,
  prepareTransfer,
  userWithAccount
} from '@/tests/support/funding'
import { signIn } from '@/tests/support/handlers'
import { captureLogs } from '@/tests/support/leaks'
import { openWorld, type World } from '@/tests/support/world'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => {
  plaid.compareOwners = false
  return world.close()
})
beforeEach(async () => {
  plaid.compareOwners = true
  await world.storage.rows('delete from rate_limits')
})

/** A login whose checking account is the one that `fundedUser` links for transfers. */
const ownedBy = (...names: string[]) => ({
  username: 'user_custom',
  password: JSON.stringify({
    override_accounts: [
      { type: 'depository', subtype: 'checking', meta: { mask: '0000' }, identity: { names } }
    ]
  })
})

/** A user whose funding bank is linked here too, with its owners there. */
async function linkedHereToo(...names: string[]): Promise<FundedUser & { connectionId: string }> {
  const funded = await fundedUser(world, { cents: 900_000 })
  const { connectionId } = await linkBankThroughLink(world, funded.user, ownedBy(...names))
  await world.settle()
  return { ...funded, connectionId }
}

const matchOf = async ({ user }: Pick<FundedUser, 'user'>) =>
  (
    await world.storage.rows<{ owner_match: string | null }>(
      'select owner_match from counterparties where user_id = $1 and replaced_at is null order by created_at',
      [user.userId]
    )
  ).map(({ owner_match }) => owner_match)
const jobsOf = (connectionId: string) =>
  world.storage.rows(
    "select status, code from connection_tasks where connection_id = $1 and kind = 'compare_owner'",
    [connectionId]
  )
const callsOf = ({ user }: Pick<FundedUser, 'user'>) =>
  world.storage.rows(
    "select 1 from vendor_events where user_id = $1 and method = '/identity/match'",
    [user.userId]
  )
const differs = async ({ user }: Pick<FundedUser, 'user'>) =>
  (await DataService.listCounterparties(user)).map(({ ownerDiffers }) => ownerDiffers)

describe('the same owner', () => {
  test.each([
    ['as written', ['Ada Okafor']],
    ['in capitals, last name first', ['OKAFOR ADA']],
    ['with a middle name', ['Ada Grace Okafor']],
    ['as one of two owners', ['Obi Nwosu', 'Ada Okafor']]
  ])('%s keeps the usual limits', async (_, names) => {
    const funded = await linkedHereToo(...names)
    expect(await matchOf(funded)).toEqual(['same'])
    expect(await differs(funded)).toEqual([false])
    expect(await prepareTransfer(funded, 'in', OTHER_OWNER_LIMIT_MINOR + 1n)).toMatchObject({
      state: 'draft'
    })
  })
})

describe('another owner', () => {
  test('lowers the limits in both directions, also for a draft from before', async () => {
    const funded = await fundedUser(world, { cents: 900_000 })
    const draft = await prepareTransfer(funded, 'in', OTHER_OWNER_LIMIT_MINOR + 1n)
    await linkBankThroughLink(world, funded.user, ownedBy('Robin Marsh'))
    await world.settle()
    expect(await matchOf(funded)).toEqual(['different'])
    await expect(PangeaService.confirmTransfer(funded.user, draft.id)).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('Until a small deposit confirms this account, $1,000.00')
    })
    await makeTransfer(funded, 'in', 60_000n)
    await expect(prepareTransfer(funded, 'in', 40_001n)).rejects.toMatchObject({
      fields: { amount: expect.stringContaining('Enter $400.00 or less') }
    })
    await expect(
      prepareTransfer(funded, 'out', OTHER_OWNER_LIMIT_MINOR + 1n)
    ).rejects.toMatchObject({ fields: { amount: expect.stringContaining('Enter $1,000.00') } })
    expect(await prepareTransfer(funded, 'out', OTHER_OWNER_LIMIT_MINOR)).toMatchObject({
      state: 'draft'
    })
  })

  test('is told as a yes or no, and no name or score is kept or logged', async () => {
    const logged = captureLogs()
    const funded = await linkedHereToo('Robin Marsh')
    resetSingletons('log')
    const { call } = await signIn(world, funded.user.userId)
    const { body } = await call(counterpartiesRoute, {})
    expect(body).toMatchObject({ items: [{ ownerDiffers: true }] })
    const kept = await world.storage.rows<{ text: string }>(
      `select (select string_agg(c::text, ' ') from counterparties c where user_id = $1)
        || (select string_agg(t::text, ' ') from connection_tasks t where user_id = $1)
        || (select string_agg(e.detail::text, ' ') from audit_entries e join audit_details d on d.audit_id = e.id where d.user_id = $1) as text`,
      [funded.user.userId]
    )
    for (const text of [JSON.stringify(body), logged(), kept[0]?.text ?? ''])
      expect(text).not.toMatch(/Okafor|Marsh|score/i)
  })

  test('has the usual limits again after the code of a small deposit', async () => {
    const funded = await linkedHereToo('Robin Marsh')
    const [pending] = (
      await PangeaService.linkFundingBank(
        funded.user,
        await fundingLinkResult(world, 'microdeposits_code')
      )
    ).filter(({ state }) => state === 'needs_code')
    const counterpartyId = pending?.id ?? ''
    await world.settle()
    expect(await differs(funded)).toContain(true)
    const { linkToken } = await PangeaService.createFundingLink(funded.user, { counterpartyId })
    await fetch(`${world.plaid.url}/link/api/verify`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ link_token: linkToken, code: 'abc' })
    })
    const bank = await PangeaService.verifyFundingBank(funded.user, counterpartyId)
    expect(bank).toMatchObject({ state: 'verified', ownerDiffers: false })
    // It replaces the account that was verified by the sign-in alone.
    expect(await DataService.listCounterparties(funded.user)).toMatchObject([{ id: bank.id }])
    await ageTrust(world, funded.user)
    expect(
      await prepareTransfer({ ...funded, bank }, 'in', OTHER_OWNER_LIMIT_MINOR + 1n)
    ).toMatchObject({ state: 'draft' })
  })

  test('of one user changes nothing for another user of the same bank', async () => {
    const [one, other] = [await linkedHereToo('Robin Marsh'), await linkedHereToo('Ada Okafor')]
    expect([await matchOf(one), await matchOf(other)]).toEqual([['different'], ['same']])
    expect(await prepareTransfer(other, 'in', OTHER_OWNER_LIMIT_MINOR + 1n)).toMatchObject({
      state: 'draft'
    })
  })
})

test('the order does not matter: a bank that is linked here first is compared when it is linked for transfers', async () => {
  const { user } = await userWithAccount(world)
  await linkBankThroughLink(world, user, ownedBy('Robin Marsh'))
  await PangeaService.linkFundingBank(user, await fundingLinkResult(world))
  await world.settle()
  expect(await matchOf({ user })).toEqual(['different'])
})

describe('nothing is compared, and the usual limits stay,', () => {
  const keepsLimits = async (funded: FundedUser) => {
    expect(await matchOf(funded)).toEqual([null])
    expect(await callsOf(funded)).toEqual([])
    expect(await prepareTransfer(funded, 'in', OTHER_OWNER_LIMIT_MINOR + 1n)).toMatchObject({
      state: 'draft'
    })
  }

  test('where the bank is not linked here', async () => {
    await keepsLimits(await fundedUser(world))
  })

  test('where another account of the bank is linked here', async () => {
    const funded = await fundedUser(world)
    await linkBankThroughLink(world, funded.user, {
      ...ownedBy('Robin Marsh'),
      password: ownedBy('Robin Marsh').password.replace('0000', '4321')
    })
    await world.settle()
    await keepsLimits(funded)
  })

  test('where the bank was linked without consent for Identity', async () => {
    plaid.compareOwners = false
    const funded = await linkedHereToo('Robin Marsh')
    plaid.compareOwners = true
    await PangeaService.linkFundingBank(funded.user, await fundingLinkResult(world))
    await ageTrust(world, funded.user)
    await world.settle()
    expect(await jobsOf(funded.connectionId)).toEqual([])
    const [bank = funded.bank] = await DataService.listCounterparties(funded.user)
    await keepsLimits({ ...funded, bank })
  })

  test('where the setting is off, also for a job from before', async () => {
    const funded = await fundedUser(world)
    const { connectionId } = await linkBankThroughLink(world, funded.user, ownedBy('Robin Marsh'))
    plaid.compareOwners = false
    await world.settle()
    expect(await jobsOf(connectionId)).toEqual([{ status: 'completed', code: 'OVER' }])
    await keepsLimits(funded)
  })

  test('where the bank names nobody', async () => {
    const funded = await linkedHereToo()
    expect(await matchOf(funded)).toEqual([null])
    expect(await differs(funded)).toEqual([false])
  })

  test('where Plaid refuses for good', async () => {
    const logged = captureLogs()
    try {
      const fault = { path: '/identity/match', kind: '400', code: 'PRODUCTS_NOT_SUPPORTED' }
      await world.control('plaid', '/faults', fault)
      const funded = await linkedHereToo('Robin Marsh')
      expect(await jobsOf(funded.connectionId)).toEqual([
        { status: 'completed', code: 'PRODUCTS_NOT_SUPPORTED' }
      ])
      expect(await differs(funded)).toEqual([false])
    } finally {
      world.plaid.faults.clear()
      resetSingletons('log')
    }
    expect(logged()).toContain('counterparty.owner_not_compared')
  })
})

test.each([
  ['plaid', '/identity/match', { kind: '400', code: 'INTERNAL_SERVER_ERROR' }],
  ['jiko', '/api/v1/customers/', { kind: '503' }]
] as const)(
  'while %s does not answer, the account can be used; the job is repeated until it does',
  async (vendor, path, fault) => {
    const logged = captureLogs()
    const funded = await fundedUser(world)
    try {
      await world.control(vendor, '/faults', { path, ...fault })
      const { connectionId } = await linkBankThroughLink(world, funded.user, ownedBy('Robin Marsh'))
      await world.settle()
      expect(await jobsOf(connectionId)).toMatchObject([{ status: 'pending' }])
    } finally {
      world[vendor].faults.clear()
      resetSingletons('log')
    }
    expect(logged()).toContain('connection_job.failed')
    expect(await prepareTransfer(funded, 'in', OTHER_OWNER_LIMIT_MINOR + 1n)).toMatchObject({
      state: 'draft'
    })
    await world.storage.rows("update connection_tasks set run_at = now() where status = 'pending'")
    await world.settle()
    expect(await matchOf(funded)).toEqual(['different'])
  }
)
