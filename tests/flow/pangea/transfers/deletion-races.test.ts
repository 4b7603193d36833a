/**
 * Transfers and vendor calls during a deletion: every confirmed transfer keeps its owner, and a
 * user being deleted starts nothing new.
 */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import type { UserActor } from '@/lib/domain/users/actor'
import { systemActor } from '@/lib/domain/users/actor'
import { advanceClock } from '@/lib/platform/clock'
import { DataService, PangeaService } from '@/lib/services'
import { SSN } from '@/tests/support/applicant'
import {
  ageTrust,
  type FundedUser,
  fundedUser,
  fundingLinkResult,
  jikoLedgerOf,
  makeTransfer,
  prepareTransfer
} from '@/tests/support/funding'
import { columnsContaining } from '@/tests/support/leaks'
import { openWorld, type World } from '@/tests/support/world'

const app = systemActor('test')
const DAY = 24 * 3_600_000
const GOING = { code: 'conflict', message: expect.stringContaining('being deleted') }

let world: World
beforeAll(async () => {
  world = await openWorld()
  await PangeaService.updateWebhookUrls()
})
afterAll(() => world.close())
beforeEach(() => world.storage.rows('delete from rate_limits'))
const restoreVendor = () =>
  Promise.all(
    [world.jiko, world.plaid].map(({ url }) =>
      fetch(`${url}/_sandbox/faults`, { method: 'DELETE' })
    )
  )
afterEach(restoreVendor)

const slow = (
  vendor: 'jiko' | 'plaid',
  path: string,
  delay: number,
  more: { times?: number; method?: string } = {}
) => world.control(vendor, '/faults', { path, kind: 'latency', delay, ...more })
const progress = (id: string) => DataService.getDeletion(id)
const stateOf = async ({ user }: FundedUser, id: string) =>
  (await DataService.getTransfer(user, id)).state
const asked = ({ userId }: UserActor) =>
  DataService.requestDeletion(app, { userId, origin: 'clerk' })
/** Advances Jiko's clock by days and retries waiting jobs. */
const pass = async (days: number) => {
  await world.control('jiko', '/clock', { advance: days * DAY })
  await world.control('jiko', '/ledger')
  advanceClock(600_000)
  await world.settle()
}

describe('a deletion', () => {
  test('that was requested allows no deposit to start, however slowly Jiko closes the account', async () => {
    const user = await fundedUser(world)
    const { id } = await prepareTransfer(user, 'in', 25_000n)
    const { id: deletion } = await PangeaService.deleteMyData(user.user)
    await slow('jiko', '/api/v2/customers', 60)
    const deleting = world.settle()
    await expect(PangeaService.confirmTransfer(user.user, id)).rejects.toMatchObject(GOING)
    await deleting
    expect(await progress(deletion)).toMatchObject({ status: 'completed' })
    expect((await jikoLedgerOf(world, user)).transfers).toEqual([])
  })

  test('waits for a deposit that was confirmed a moment before, and for its money', async () => {
    const user = await fundedUser(world)
    const { id } = await prepareTransfer(user, 'in', 25_000n)
    await slow('jiko', `/api/v1/jiko-accounts/${user.account.jikoPocketId}/ach-originating/`, 300, {
      method: 'POST'
    })
    const confirming = PangeaService.confirmTransfer(user.user, id)
    await vi.waitFor(async () => expect(await stateOf(user, id)).toBe('sending'))
    const deletion = await asked(user.user)
    await PangeaService.runDueJobs()
    expect(await progress(deletion)).toMatchObject({ status: 'pending', code: 'MONEY_ON_ITS_WAY' })
    expect(await confirming).toMatchObject({ state: 'submitted' })
    await pass(7)
    expect(await progress(deletion)).toMatchObject({ status: 'pending', code: 'POCKET_NOT_EMPTY' })
    expect(await stateOf(user, id)).toBe('settled')
    expect(
      await DataService.findBankAccount(user.user),
      'the account page shows what has to be moved'
    ).toMatchObject({ balance: { minor: 25_000n } })
  })

  test('checks again before it erases: a withdrawal confirmed while the account was closing keeps its owner', async () => {
    const user = await fundedUser(world, { cents: 10_000 })
    const { id } = await prepareTransfer(user, 'out', 10_000n)
    const deletion = await asked(user.user)
    await slow('jiko', '/api/v2/customers', 400, { times: 1 })
    const deleting = PangeaService.runDueJobs()
    await vi.waitFor(async () => expect((await progress(deletion)).doneAt.items).not.toBeNull())
    expect(await PangeaService.confirmTransfer(user.user, id)).toMatchObject({
      state: 'submitted'
    })
    await deleting
    expect(await progress(deletion)).toMatchObject({
      status: 'pending',
      code: 'MONEY_ON_ITS_WAY',
      doneAt: { rows: null }
    })
    expect(await stateOf(user, id)).toBe('submitted')
    await pass(14)
    expect(await progress(deletion)).toMatchObject({ status: 'completed' })
    expect(await columnsContaining(world.storage, [user.user.userId])).toEqual([])
  })

  test('concurrent with a confirmation has one of two results, and no money without an owner', async () => {
    for (const delay of [0, 20]) {
      const user = await fundedUser(world)
      const { id } = await prepareTransfer(user, 'in', 25_000n)
      await slow('jiko', '/api/v2/customers', delay)
      const [confirmed, deletion] = await Promise.allSettled([
        PangeaService.confirmTransfer(user.user, id),
        PangeaService.deleteMyData(user.user)
      ])
      await world.settle()
      const { transfers } = await jikoLedgerOf(world, user)
      expect(transfers).toHaveLength(confirmed.status === 'fulfilled' ? 1 : 0)
      if (confirmed.status === 'fulfilled') expect(await stateOf(user, id)).toBe('submitted')
      else
        expect(deletion.status === 'fulfilled' && (await progress(deletion.value.id)).status).toBe(
          'completed'
        )
      await restoreVendor()
    }
  })

  test('that starts while a bank is being linked leaves no Item behind', async () => {
    const user = await world.createUser()
    await PangeaService.connectBank(user)
    const before = await countItems()
    await slow('plaid', '/accounts/get', 300)
    const linking = PangeaService.linkBank(user, {
      publicToken: await world.publicToken(),
      linkSessionId: null,
      institutionId: null,
      accounts: []
    })
    const refused = expect(linking).rejects.toMatchObject(GOING)
    await vi.waitFor(async () =>
      expect(await callsOf(user)).toContain('/item/public_token/exchange')
    )
    await asked(user)
    await refused
    expect(await countItems()).toBe(before)
    await restoreVendor()
    await world.settle()
    expect(await columnsContaining(world.storage, [user.userId])).toEqual([])
  })

  test.each<[string, (user: FundedUser) => Promise<unknown>]>([
    ['a Link token', ({ user }) => PangeaService.connectBank(user)],
    [
      'a linked bank',
      async ({ user }) =>
        PangeaService.linkBank(user, {
          publicToken: await world.publicToken(),
          linkSessionId: null,
          institutionId: null,
          accounts: []
        })
    ],
    [
      'a bank to move money from',
      ({ user }) => PangeaService.createFundingLink(user, { counterpartyId: null })
    ],
    [
      'a counterparty',
      async ({ user }) => PangeaService.linkFundingBank(user, await fundingLinkResult(world))
    ],
    ['a proof of one', ({ user, bank }) => PangeaService.verifyFundingBank(user, bank.id)],
    ['a deposit', (user) => prepareTransfer(user, 'in', 4_000n)],
    [
      'an application',
      ({ user }) => PangeaService.onboardUser(user, { ssn: SSN, withLinkToken: true })
    ],
    [
      'a document',
      ({ user }) =>
        PangeaService.uploadDocument(user, {
          type: 'ID_FRONT',
          contentType: 'image/png',
          length: 1,
          body: null
        })
    ],
    ['another strategy', ({ user }) => PangeaService.chooseStrategy(user, { strategyId: 'UST-4W' })]
  ])('that is waiting starts nothing new at a vendor: %s', async (_, start) => {
    leaving ??= await (async () => {
      const user = await fundedUser(world)
      await asked(user.user)
      return user
    })()
    const before = await startedFor(leaving.user)
    await expect(start(leaving)).rejects.toMatchObject(GOING)
    expect(await startedFor(leaving.user)).toEqual(before)
  })

  test('that waits for money allows withdrawals to a counterparty, and no deposits', async () => {
    const user = await fundedUser(world, { cents: 5_000 })
    const deletion = await asked(user.user)
    await world.settle()
    expect(await progress(deletion)).toMatchObject({ code: 'POCKET_NOT_EMPTY' })
    await expect(prepareTransfer(user, 'in', 4_000n)).rejects.toMatchObject(GOING)
    const [bank] = await PangeaService.linkFundingBank(user.user, await fundingLinkResult(world))
    await ageTrust(world, user.user)
    expect(await makeTransfer({ ...user, bank: bank ?? user.bank }, 'out', 5_000n)).toMatchObject({
      state: 'submitted'
    })
    await pass(14)
    expect(await progress(deletion)).toMatchObject({ status: 'completed' })
  })
})

let leaving: FundedUser | undefined
/** Jiko's own Items at Plaid are included. */
const countItems = async () =>
  ((await world.control('plaid', '/ledger')) as { items: { removed: boolean }[] }).items.filter(
    ({ removed }) => !removed
  ).length
/** Requests to the vendors other than reads. */
const startedFor = async (user: UserActor) =>
  (await callsOf(user)).filter((method) => !method.startsWith('GET '))
const callsOf = async ({ userId }: UserActor) =>
  (
    await world.storage.rows<{ method: string }>(
      'select method from vendor_events where user_id = $1 order by created_at',
      [userId]
    )
  ).map(({ method }) => method)

describe('the 24-hour limit', () => {
  test('applies to withdrawals that were prepared while Jiko was slow', async () => {
    const user = await fundedUser(world)
    for (let n = 0; n < 5; n++)
      await world.control('jiko', `/pockets/${user.account.jikoPocketId}/fund`, {
        cents: 4_000_000
      })
    await world.settle()
    const pocket = `/api/v2/pockets/${user.account.jikoPocketId}/`
    for (const delay of [30, 200, 400, 600]) await slow('jiko', pocket, delay, { times: 1 })
    const confirmed = await Promise.allSettled(
      [1, 2, 3, 4].map(async () =>
        PangeaService.confirmTransfer(
          user.user,
          (await prepareTransfer(user, 'out', 4_900_000n)).id
        )
      )
    )
    const sent = (await jikoLedgerOf(world, user)).transfers.reduce(
      (sum, { cents }) => sum + cents,
      0
    )
    expect(confirmed.map(({ status }) => status)).toContain('fulfilled')
    expect(sent).toBeLessThanOrEqual(10_000_000)
  })

  test('is checked again at confirmation, which returns the remaining amount', async () => {
    const user = await fundedUser(world)
    const shown = await prepareTransfer(user, 'in', 4_000_000n)
    await world.storage.rows(
      `insert into transfers (id, user_id, bank_account_id, counterparty_id, direction, amount_minor, currency, state, settles_on, confirmed_at)
        select gen_random_uuid(), user_id, bank_account_id, counterparty_id, 'in', 7000000, 'USD', 'submitted', settles_on, now() from transfers where id = $1`,
      [shown.id]
    )
    await expect(PangeaService.confirmTransfer(user.user, shown.id)).rejects.toMatchObject({
      code: 'conflict',
      message: 'Enter $30,000.00 or less today. No money was moved.'
    })
    expect((await jikoLedgerOf(world, user)).transfers).toEqual([])
  })
})
