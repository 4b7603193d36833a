import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { POST as confirm } from '@/app/api/v1/account/transfers/[id]/confirm/route'
import { systemActor } from '@/lib/domain/users/actor'
import { AuthService, DataService, PangeaService } from '@/lib/services'
import { reconcileTransfers } from '@/lib/services/pangea/transfers/compare-transfers'
import {
  APPLICATION_SETTINGS,
  DEFAULT_SWITCHES,
  MONEY_SETTINGS
} from '@/sandbox/jiko/undocumented-switches'
import {
  ageTrust,
  type FundedUser,
  fundedUser,
  fundingLinkResult,
  jikoLedgerOf,
  makeTransfer,
  prepareTransfer,
  userWithAccount
} from '@/tests/support/funding'
import { transferHelpers } from '@/tests/support/steps/transfers'
import { openWorld, type World } from '@/tests/support/world'

const { DAY, read, pass } = transferHelpers(() => world)

let world: World
beforeAll(async () => {
  world = await openWorld()
  await PangeaService.updateWebhookUrls()
})
afterAll(() => world.close())
beforeEach(async () => {
  await world.control('jiko', '/switches', DEFAULT_SWITCHES)
  await world.storage.rows('delete from rate_limits')
})
const app = systemActor('test')
const compare = ({ account, user }: FundedUser) =>
  reconcileTransfers(app, {
    id: account.id,
    userId: user.userId,
    jikoPocketId: account.jikoPocketId
  })

describe('a draft', () => {
  test('is within the limits: of one transfer, and of 24 hours', async () => {
    const user = await fundedUser(world)
    await expect(prepareTransfer(user, 'in', 99n)).rejects.toMatchObject({
      fields: { amount: 'Enter $1.00 or more' }
    })
    await expect(prepareTransfer(user, 'in', 10n ** 42n)).rejects.toMatchObject({
      fields: { amount: 'Enter $50,000.00 or less' }
    })
    await expect(prepareTransfer(user, 'in', 5_000_001n)).rejects.toMatchObject({
      fields: { amount: 'Enter $50,000.00 or less' }
    })
    await makeTransfer(user, 'in', 5_000_000n)
    await makeTransfer(user, 'in', 4_000_000n)
    await expect(prepareTransfer(user, 'in', 1_000_001n)).rejects.toMatchObject({
      fields: { amount: 'Enter $10,000.00 or less today' }
    })
    expect(await prepareTransfer(user, 'in', 1_000_000n)).toMatchObject({ state: 'draft' })
  })

  test('replaces an earlier one of another tab', async () => {
    const user = await fundedUser(world)
    const [first, second] = [
      await prepareTransfer(user, 'in', 10_000n),
      await prepareTransfer(user, 'in', 20_000n)
    ]
    await expect(PangeaService.confirmTransfer(user.user, first.id)).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('newer')
    })
    expect(await PangeaService.confirmTransfer(user.user, second.id)).toMatchObject({
      state: 'submitted'
    })
    expect((await jikoLedgerOf(world, user)).transfers).toHaveLength(1)
  })

  test('cannot be confirmed by another user, nor without a recent verification', async () => {
    const [user, other] = [await fundedUser(world), await world.createUser()]
    const { id } = await prepareTransfer(user, 'in', 10_000n)
    await expect(PangeaService.confirmTransfer(other, id)).rejects.toMatchObject({
      code: 'not_found'
    })
    const stale = { ...user.user, reverification: { firstFactorAge: 30, secondFactorAge: null } }
    expect(confirm.declaration).toMatchObject({ auth: 'user', stepUp: '1m' })
    expect(() => AuthService.requireReverification(stale, '1m')).toThrow(
      expect.objectContaining({ code: 'reverification_required' })
    )
    expect((await jikoLedgerOf(world, user)).transfers).toEqual([])
  })

  test("is refused while the account is not open, and for another user's counterparty", async () => {
    const [user, other] = [await fundedUser(world), await fundedUser(world)]
    await expect(
      prepareTransfer({ ...user, bank: other.bank }, 'in', 10_000n)
    ).rejects.toMatchObject({
      code: 'invalid',
      fields: { bank: expect.any(String) }
    })
    const state = {
      status: 'FROZEN',
      balance: null,
      accountNumberLast4: null,
      routingNumberLast4: null
    }
    await DataService.saveBankAccountState(app, user.account.id, state)
    await expect(prepareTransfer(user, 'in', 10_000n)).rejects.toMatchObject({ code: 'conflict' })
  })
})

/** The application switches that affect transfers too. */
const SHARED = ['repeatKey', 'listEnd', 'notFoundBody', 'validationShape']
const UNUSUAL = [
  ...MONEY_SETTINGS,
  ...APPLICATION_SETTINGS.filter((setting) => SHARED.includes(Object.keys(setting)[0] ?? ''))
].filter((setting) =>
  Object.entries(setting).some(
    ([name, value]) => DEFAULT_SWITCHES[name as keyof typeof DEFAULT_SWITCHES] !== value
  )
)

describe('undocumented Jiko behaviour', () => {
  let user: FundedUser
  beforeAll(async () => {
    user = await fundedUser(world, { cents: 50_000 })
  })

  test.each(UNUSUAL.map((setting) => [JSON.stringify(setting), setting] as const))(
    'with %s still moves money in and out, returns some, and agrees with us',
    async (_, setting) => {
      await world.control('jiko', '/switches', setting)
      const [bank] = setting.counterpartyProof
        ? await PangeaService.linkFundingBank(user.user, await fundingLinkResult(world))
        : [user.bank]
      await ageTrust(world, user.user)
      // Each case withdraws; all of them together would be too many in an hour.
      await world.storage.rows(
        `update transfers set confirmed_at = confirmed_at - interval '2 days' where user_id = $1`,
        [user.user.userId]
      )
      if (bank && bank.state !== 'verified')
        user.bank = await PangeaService.verifyFundingBank(user.user, bank.id)
      const before = (await jikoLedgerOf(world, user)).cents
      const [added, back, out] = [
        await makeTransfer(user, 'in', 30_000n),
        await makeTransfer(user, 'in', 10_001n),
        await makeTransfer(user, 'out', 20_000n)
      ]
      await pass(12)
      expect((await compare(user)).differences).toEqual({
        atBankOnly: 0,
        hereOnly: 0,
        otherAmount: 0
      })
      expect(
        await Promise.all([added, back, out].map(async ({ id }) => (await read(user, id)).state))
      ).toEqual(['settled', 'returned', 'settled'])
      expect((await jikoLedgerOf(world, user)).cents - before).toBe(10_000)
    }
  )
})

describe('counterparties', () => {
  test('are linked by Jiko’s own Link token, and a token of our Plaid client is refused', async () => {
    const { user } = await userWithAccount(world)
    expect(await PangeaService.createFundingLink(user, { counterpartyId: null })).toMatchObject({
      linkToken: expect.stringMatching(/^link-sandbox-/)
    })
    const ours = {
      publicToken: await world.publicToken(),
      institutionId: 'ins_109508',
      accounts: [{ id: 'x', name: 'Checking', mask: '0000' }]
    }
    await expect(PangeaService.linkFundingBank(user, ours)).rejects.toMatchObject({
      code: 'conflict'
    })
    expect(await DataService.listCounterparties(user)).toEqual([])
  })

  test('linked twice from one Link result are one, and linked again replace the earlier one', async () => {
    const { user } = await userWithAccount(world)
    const linked = await fundingLinkResult(world)
    const [first] = await PangeaService.linkFundingBank(user, linked)
    expect(await PangeaService.linkFundingBank(user, linked)).toMatchObject([{ id: first?.id }])
    const again = await PangeaService.linkFundingBank(user, await fundingLinkResult(world))
    expect(again).toHaveLength(1)
    expect(again[0]?.id).not.toBe(first?.id)
  })

  test('that wait for a code move no money until it was typed in Link', async () => {
    const { user, account } = await userWithAccount(world)
    const [bank] = await PangeaService.linkFundingBank(
      user,
      await fundingLinkResult(world, 'microdeposits_code')
    )
    if (!bank) throw new Error('no bank')
    expect(bank.state).toBe('needs_code')
    await expect(prepareTransfer({ user, account, bank }, 'in', 10_000n)).rejects.toMatchObject({
      fields: { bank: 'This bank has to be verified first' }
    })
    const { linkToken } = await PangeaService.createFundingLink(user, { counterpartyId: bank.id })
    const type = (code: string) =>
      fetch(`${world.plaid.url}/link/api/verify`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ link_token: linkToken, code })
      })
    expect(await (await type('XYZ')).json()).toMatchObject({ error: { error_code: 'INVALID_MFA' } })
    expect(await PangeaService.verifyFundingBank(user, bank.id)).toMatchObject({
      state: 'needs_code'
    })
    await type('abc')
    expect(await PangeaService.verifyFundingBank(user, bank.id)).toMatchObject({
      state: 'verified'
    })
    expect(await prepareTransfer({ user, account, bank }, 'in', 10_000n)).toMatchObject({
      state: 'draft'
    })
  })

  test('with a verification that takes days become ready automatically', async () => {
    const { user } = await userWithAccount(world)
    const [slow] = await PangeaService.linkFundingBank(
      user,
      await fundingLinkResult(world, 'microdeposits_good')
    )
    expect(slow?.state).toBe('checking')
    await world.control('plaid', '/clock', { advance: 2 * DAY })
    expect(await PangeaService.verifyFundingBank(user, slow?.id ?? '')).toMatchObject({
      state: 'verified'
    })
  })

  test('leave no account number behind', async () => {
    const user = await fundedUser(world)
    const stored = await world.storage.rows(
      'select c::text as row from counterparties c where user_id = $1',
      [user.user.userId]
    )
    const withoutIds = JSON.stringify(stored).replace(
      /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g,
      ''
    )
    expect(withoutIds).toContain('First Platypus Bank')
    expect(withoutIds).not.toMatch(/\d{7,17}/)
  })
})

describe('the transfer list', () => {
  test('comes page by page, newest first, each once, without drafts', async () => {
    const user = await fundedUser(world)
    for (const amount of [100n, 200n, 300n]) await makeTransfer(user, 'in', amount)
    await prepareTransfer(user, 'in', 400n)
    const first = await DataService.listTransfers(user.user, { limit: 2 })
    const second = await DataService.listTransfers(user.user, {
      limit: 2,
      cursor: first.next ?? ''
    })
    expect([...first.items, ...second.items].map(({ amount }) => amount.minor)).toEqual([
      300n,
      200n,
      100n
    ])
    expect(second.next).toBeNull()
  })

  test('of another user is empty', async () => {
    const [user, other] = [await fundedUser(world), await world.createUser()]
    const { id } = await makeTransfer(user, 'in', 100n)
    expect(await DataService.listTransfers(other, { limit: 10, cursor: id })).toEqual({
      items: [],
      next: null
    })
    await expect(DataService.getTransfer(other, id)).rejects.toMatchObject({ code: 'not_found' })
  })
})
