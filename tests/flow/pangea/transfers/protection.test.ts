/**
 * The rules that protect money from an attacker with a session. Each is checked when a withdrawal is
 * confirmed.
 */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { POST as lockRoute } from '@/app/api/v1/locks/route'
import { systemActor } from '@/lib/domain/users/actor'
import { LOCK_LINK_LIMIT, NETWORK_LIMITS } from '@/lib/domain/users/cost-classes'
import { AuthService, DataService, PangeaService } from '@/lib/services'
import { userActor } from '@/tests/support/actors'
import {
  ageTrust,
  type FundedUser,
  fundedUser,
  fundingLinkResult,
  jikoLedgerOf,
  makeTransfer,
  prepareTransfer
} from '@/tests/support/funding'
import { signIn } from '@/tests/support/handlers'
import { adminHelpers } from '@/tests/support/steps/admins'
import { openWorld, type World } from '@/tests/support/world'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())
beforeEach(() => world.storage.rows('delete from rate_limits'))
const { newAdmin } = adminHelpers(() => world)

const sentCount = async (user: FundedUser) => (await jikoLedgerOf(world, user)).transfers.length
const refusedAt = (field: string, text: string) => ({
  code: 'invalid',
  fields: { [field]: expect.stringContaining(text) }
})
/** As a session that prepared before the rule applied, or that skips the form. */
const confirmUnchecked = async (user: FundedUser, minor: bigint) => {
  const { id } = await DataService.saveTransferDraft(user.user, {
    bankAccountId: user.account.id,
    counterpartyId: user.bank.id,
    direction: 'out',
    amount: { minor, currency: 'USD' },
    settlesOn: '2026-12-01'
  })
  return PangeaService.confirmTransfer(user.user, id)
}

describe('a counterparty that was just linked', () => {
  test('receives nothing for 24 hours, not even from a draft that was stored before', async () => {
    const user = await fundedUser(world, { cents: 500_000, days: 0 })
    await expect(prepareTransfer(user, 'out', 10_000n)).rejects.toMatchObject(
      refusedAt('bank', 'it can receive money in 24 hours')
    )
    await expect(confirmUnchecked(user, 10_000n)).rejects.toMatchObject({ code: 'conflict' })
    expect(await sentCount(user)).toBe(0)
    const [bank] = await DataService.listCounterparties(user.user)
    expect(Date.parse(bank?.withdrawableFrom ?? '') - Date.now()).toBeGreaterThan(23 * 3_600_000)
    // Money may come from it.
    expect(await makeTransfer(user, 'in', 10_000n)).toMatchObject({ state: 'submitted' })
    await ageTrust(world, user.user, 1)
    expect(await makeTransfer(user, 'out', 10_000n)).toMatchObject({ state: 'submitted' })
  })

  test('receives $1,000 in 24 hours during its first week, together with other new ones', async () => {
    const user = await fundedUser(world, { cents: 900_000, days: 2 })
    await makeTransfer(user, 'out', 60_000n)
    await expect(prepareTransfer(user, 'out', 40_001n)).rejects.toMatchObject(
      refusedAt('amount', 'Enter $400.00 or less')
    )
    await expect(confirmUnchecked(user, 40_001n)).rejects.toMatchObject({
      message: expect.stringContaining('$1,000.00')
    })
    const [second] = await PangeaService.linkFundingBank(
      user.user,
      await fundingLinkResult(world, 'pass_good', 'ins_109509')
    )
    await ageTrust(world, user.user, 2)
    const other = { ...user, bank: second ?? user.bank }
    await expect(prepareTransfer(other, 'out', 40_001n)).rejects.toMatchObject(
      refusedAt('amount', 'Enter $400.00 or less')
    )
    expect(await makeTransfer(other, 'out', 40_000n)).toMatchObject({ state: 'submitted' })
    await ageTrust(world, user.user, 7)
    expect(await makeTransfer(other, 'out', 40_001n)).toMatchObject({ state: 'submitted' })
  })

  test('that is linked again is new again', async () => {
    const user = await fundedUser(world, { cents: 500_000 })
    const [again] = await PangeaService.linkFundingBank(user.user, await fundingLinkResult(world))
    await expect(
      prepareTransfer({ ...user, bank: again ?? user.bank }, 'out', 10_000n)
    ).rejects.toMatchObject(refusedAt('bank', '24 hours'))
  })
})

describe('withdrawals', () => {
  test.each([
    [8, 2_500_000n],
    [31, 5_000_000n]
  ])('from an account of %i days are limited to %i cents in 24 hours', async (days, most) => {
    const user = await fundedUser(world, { days })
    for (let n = 0; n < 9; n++)
      await world.control('jiko', `/pockets/${user.account.jikoPocketId}/fund`, {
        cents: 1_000_000
      })
    if (most < 5_000_000n)
      await expect(prepareTransfer(user, 'out', most + 1n)).rejects.toMatchObject(
        refusedAt('amount', 'or less today')
      )
    expect(await makeTransfer(user, 'out', most)).toMatchObject({ state: 'submitted' })
  })

  test('stop after five in an hour, also when they were returned', async () => {
    const user = await fundedUser(world, { cents: 500_000 })
    for (let n = 0; n < 5; n++) {
      const { id } = await makeTransfer(user, 'out', 1_000n)
      await DataService.applyStatusUpdate(user.user, id, { state: 'returned', returnCode: 'R01' })
    }
    await expect(prepareTransfer(user, 'out', 1_000n)).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('many withdrawals')
    })
    await expect(confirmUnchecked(user, 1_000n)).rejects.toMatchObject({ code: 'conflict' })
    expect(await makeTransfer(user, 'in', 1_000n)).toMatchObject({ state: 'submitted' })
  })
})

describe('a lock', () => {
  async function lockLinkOf(user: FundedUser) {
    await DataService.tellUser(user.user, { kind: 'new_device', key: 'test', data: {} })
    const { items } = await DataService.listMessages(user.user, { limit: 50 })
    const message = items.find(({ kind }) => kind === 'new_device')
    const token = `token-of-${user.user.userId}`
    await DataService.saveLockLink(systemActor('test'), {
      messageId: message?.id ?? '',
      token,
      ttlMs: 60_000
    })
    return token
  }

  test('stops every transfer, ends all sessions at Clerk, and is lifted only by an admin with a reason', async () => {
    const user = await fundedUser(world, { cents: 500_000 })
    const { userId } = user.user
    const { sessionId } = await signIn(world, userId)
    const session = userActor(userId, sessionId)
    expect(await AuthService.isSessionActive(session)).toBe(true)
    const draft = await prepareTransfer(user, 'out', 1_000n)
    const token = await lockLinkOf(user)
    await PangeaService.lockTransfers({ token })
    expect(await DataService.findTransferLock(user.user)).not.toBeNull()
    await expect(PangeaService.confirmTransfer(user.user, draft.id)).rejects.toMatchObject({
      message: expect.stringContaining('Transfers are locked')
    })
    await expect(prepareTransfer(user, 'in', 1_000n)).rejects.toMatchObject({ code: 'conflict' })
    expect(await sentCount(user)).toBe(0)
    await world.settle()
    expect(await AuthService.isSessionActive(session)).toBe(false)

    const admin = await newAdmin()
    const lift = { userId, reason: 'Called the number on file' }
    await expect(PangeaService.unlockTransfers(admin, lift)).rejects.toMatchObject({
      code: 'not_found'
    })
    await DataService.recordAccess(admin, lift)
    await PangeaService.unlockTransfers(admin, lift)
    expect(await makeTransfer(user, 'out', 1_000n)).toMatchObject({ state: 'submitted' })
    const kinds = (await DataService.listMessages(user.user, { limit: 50 })).items
    expect(kinds.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['transfers_locked', 'transfers_unlocked'])
    )
    expect(
      await world.storage.rows(
        `select actor_id, reason from audit_entries join audit_details on audit_id = id where action = 'admin.transfers_unlocked' and user_id = $1`,
        [userId]
      )
    ).toEqual([{ actor_id: admin.userId, reason: lift.reason }])
  })

  test('refuses a new bank account to withdraw to and another way to invest', async () => {
    const user = await fundedUser(world)
    const refused = { code: 'conflict', message: expect.stringContaining('Transfers are locked') }
    const result = await fundingLinkResult(world, 'pass_good', 'ins_109509')
    const { strategies } = await PangeaService.getInvestments(user.user)
    await PangeaService.lockTransfers({ token: await lockLinkOf(user) })
    await expect(
      PangeaService.createFundingLink(user.user, { counterpartyId: null })
    ).rejects.toMatchObject(refused)
    await expect(PangeaService.linkFundingBank(user.user, result)).rejects.toMatchObject(refused)
    await expect(PangeaService.verifyFundingBank(user.user, user.bank.id)).rejects.toMatchObject(
      refused
    )
    await expect(
      PangeaService.chooseStrategy(user.user, { strategyId: strategies[0]?.id ?? '' })
    ).rejects.toMatchObject(refused)
    expect(await DataService.listCounterparties(user.user)).toHaveLength(1)
  })

  test('is limited per link and per network of clients', async () => {
    const press = async (token: string, address: string) =>
      (
        await lockRoute(
          new Request('http://localhost/api/v1/locks', {
            method: 'POST',
            headers: { 'content-type': 'application/json', 'x-forwarded-for': address },
            body: JSON.stringify({ token })
          }),
          { params: Promise.resolve({}) }
        )
      ).status
    const guess = () => randomUUID().repeat(2)
    const token = guess()
    for (let n = 0; n < LOCK_LINK_LIMIT.limit; n++)
      expect(await press(token, `198.51.${n}.7`)).toBe(404)
    expect(await press(token, '198.51.100.7'), 'the same link, from anywhere').toBe(429)
    for (let n = 0; n < NETWORK_LIMITS.locks.limit; n++)
      expect(await press(guess(), `203.0.113.${n}`)).toBe(404)
    expect(await press(guess(), '203.0.113.200'), 'the same network').toBe(429)
    expect(await press(guess(), '192.0.2.1'), 'another network').toBe(404)
  })

  test('is set once by each link, and never by an expired or unknown one', async () => {
    const user = await fundedUser(world)
    const token = await lockLinkOf(user)
    await world.storage.rows(`update lock_links set expires_at = now() where user_id = $1`, [
      user.user.userId
    ])
    await expect(PangeaService.lockTransfers({ token })).rejects.toMatchObject({
      message: expect.stringContaining('expired')
    })
    await expect(PangeaService.lockTransfers({ token: 'guess' })).rejects.toMatchObject({
      code: 'not_found'
    })
    expect(await DataService.findTransferLock(user.user)).toBeNull()
    await world.storage.rows(
      `update lock_links set expires_at = now() + interval '1 day' where user_id = $1`,
      [user.user.userId]
    )
    const tries = await Promise.allSettled(
      Array.from({ length: 5 }, () => PangeaService.lockTransfers({ token }))
    )
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(
      await world.storage.rows('select 1 from transfer_locks where user_id = $1', [
        user.user.userId
      ])
    ).toHaveLength(1)
    expect(
      await world.storage.rows('select 1 from lock_links where token_hash = $1', [token]),
      'the token itself is not stored'
    ).toEqual([])
  })
})
