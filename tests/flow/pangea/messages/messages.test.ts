/** Messages to the user in the app and by e-mail that no setting turns off. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { MessageKind } from '@/lib/domain/messages/message'
import { messageText } from '@/lib/domain/messages/message-rules'
import { textIn } from '@/lib/domain/text/catalogs'
import { systemActor, type UserActor } from '@/lib/domain/users/actor'
import { advanceClock } from '@/lib/platform/clock'
import { DataService, PangeaService } from '@/lib/services'
import { type FundedUser, fundedUser, jikoLedgerOf, makeTransfer } from '@/tests/support/funding'
import { clerkApi } from '@/tests/support/handlers'
import { type Mailbox, openMailbox } from '@/tests/support/mailbox'
import { openWorld, type World } from '@/tests/support/world'

const app = systemActor('test')
let world: World
let mailbox: Mailbox
beforeAll(async () => {
  mailbox = await openMailbox()
  world = await openWorld()
  await PangeaService.updateWebhookUrls()
})
afterAll(async () => {
  await world.close()
  await mailbox.close()
})

const kindsOf = async (user: UserActor): Promise<MessageKind[]> =>
  (await DataService.listMessages(user, { limit: 100 })).items.map(({ kind }) => kind).reverse()
const mailsOf = async (user: UserActor) =>
  mailbox.mailsTo((await DataService.findEmail(user)) ?? '')
const newUser = async () => {
  const user = await world.createUser()
  await world.settle()
  return user
}
const signIn = (user: UserActor) => clerkApi(world, '/sessions', { user_id: user.userId })

describe('a sign-in', () => {
  test('in a second browser is told, and one in the first browser is not', async () => {
    const user = await newUser()
    await signIn(user)
    await world.settle()
    expect(await kindsOf(user)).toEqual([])
    await signIn(user)
    await world.settle()
    expect(await kindsOf(user)).toEqual(['new_device'])
    expect((await mailsOf(user)).map(({ subject }) => subject)).toEqual(['New sign-in'])
  })

  test('in a known browser is not told again', async () => {
    const user = await newUser()
    const device = { userId: user.userId, device: 'Firefox on Linux' }
    for (const clientId of ['client_1', 'client_2', 'client_1', 'client_2'])
      await DataService.recordDevice(app, { ...device, clientId, sessionId: randomUUID() })
    expect(await DataService.listMessages(user, { limit: 5 })).toMatchObject({
      items: [{ kind: 'new_device', data: { device: 'Firefox on Linux' }, readAt: null }]
    })
  })
})

describe('a change of the login', () => {
  test('that removes the second factor is told, and one that adds it is not', async () => {
    const user = await newUser()
    await DataService.saveSecondFactor(app, user.userId, true)
    await world.settle()
    expect(await kindsOf(user)).toEqual([])
    // Removes the second factor at Clerk.
    await world.control('clerk', `/users/${user.userId}/make-plain`, {})
    await world.settle()
    expect(await kindsOf(user)).toEqual(['second_factor_removed'])
    expect((await mailsOf(user)).map(({ subject }) => subject)).toEqual([
      'Two-step verification is off'
    ])
  })

  test('of the e-mail address is told at the old address', async () => {
    const user = await newUser()
    const old = (await DataService.findEmail(user)) ?? ''
    const next = `new-${user.userId}@example.com`
    await DataService.saveUserEmail(app, user.userId, next)
    await world.settle()
    expect((await mailbox.mailsTo(old)).map(({ subject }) => subject)).toEqual([
      'Your e-mail address changed'
    ])
    expect(await mailbox.mailsTo(next)).toEqual([])
  })
})

describe('money', () => {
  let funded: FundedUser
  beforeAll(async () => {
    funded = await fundedUser(world, { cents: 500_000 })
    await PangeaService.savePreferences(funded.user, { emailNotices: false })
  })

  test('that can go to a new account, moves and comes back is told, also with e-mail notices off', async () => {
    await makeTransfer(funded, 'out', 12_345n)
    await world.settle()
    expect(await kindsOf(funded.user)).toEqual([
      'application_approved',
      'counterparty_added',
      'transfer_sent'
    ])
    const [sent] = (await jikoLedgerOf(world, funded)).transfers
    await world.control('jiko', `/transfers/${sent?.id}/move`, { status: 'FAILED', code: 'R03' })
    await world.settle()
    expect(await kindsOf(funded.user)).toContain('transfer_returned')
  })

  test('that arrived is told once, with its amount in the inbox only', async () => {
    const other = await fundedUser(world)
    await makeTransfer(other, 'in', 54_321n)
    const [sent] = (await jikoLedgerOf(world, other)).transfers
    for (let n = 0; n < 2; n++) {
      await world.control('jiko', `/transfers/${sent?.id}/move`, { status: 'PROCESSED' })
      await world.settle()
    }
    const { items } = await DataService.listMessages(other.user, { limit: 100 })
    expect(items.filter(({ kind }) => kind === 'deposit_arrived')).toMatchObject([
      { data: { amounts: [{ label: 'amount', minor: '54321', currency: 'USD' }] } }
    ])
    const mails = await mailsOf(other.user)
    expect(mails.map(({ subject }) => subject)).toContain('Your deposit arrived')
    for (const { text } of mails) expect(text.replace(/https?:\S+/g, '')).not.toMatch(/\d/)
  })

  test('is told without amounts and without digits of account numbers', async () => {
    const mails = await mailsOf(funded.user)
    expect(mails.map(({ subject }) => subject).sort()).toEqual([
      'Bank account added for transfers',
      'Withdrawal confirmed',
      'Withdrawal did not go through',
      'Your application is approved'
    ])
    for (const { text } of mails) expect(text.replace(/https?:\S+/g, '')).not.toMatch(/\d/)
    const { items } = await DataService.listMessages(funded.user, { limit: 100 })
    for (const message of items)
      expect(JSON.stringify(messageText(message, textIn('en')))).not.toMatch(/\d/)
  })
})

describe('account numbers and exports', () => {
  test('are told once per ten minutes, however often they are repeated', async () => {
    const { user } = await fundedUser(world)
    for (let n = 0; n < 3; n++) {
      await PangeaService.revealAccountNumbers(user)
      await PangeaService.exportMyData(user)
    }
    expect((await kindsOf(user)).sort()).toEqual([
      'application_approved',
      'counterparty_added',
      'data_exported',
      'numbers_revealed'
    ])
    advanceClock(10 * 60_000)
    await PangeaService.revealAccountNumbers(user)
    expect((await kindsOf(user)).at(-1)).toBe('numbers_revealed')
    advanceClock(-10 * 60_000)
  })
})

test('a deletion is told by e-mail before everything is erased', async () => {
  const user = await newUser()
  const address = (await DataService.findEmail(user)) ?? ''
  await PangeaService.deleteMyData(user)
  await world.settle()
  expect(await DataService.findErasure(user)).not.toBeNull()
  expect((await mailbox.mailsTo(address)).map(({ subject }) => subject)).toEqual([
    'Deletion started'
  ])
  expect(await kindsOf(user)).toEqual([])
})

describe('the inbox', () => {
  const tell = (user: UserActor, key: string) =>
    DataService.tellUser(user, { kind: 'numbers_revealed', key, data: {} })

  test('comes page by page, newest first, each once, and only to its owner', async () => {
    const [user, other] = [await newUser(), await newUser()]
    for (let n = 0; n < 5; n++) await tell(user, `event ${n}`)
    const first = await DataService.listMessages(user, { limit: 3 })
    const second = await DataService.listMessages(user, { limit: 3, cursor: first.next ?? '' })
    expect(second.next).toBeNull()
    const ids = [...first.items, ...second.items].map(({ id }) => id)
    expect(new Set(ids).size).toBe(5)
    expect((await DataService.listMessages(other, { limit: 10 })).items).toEqual([])
    expect((await DataService.listMessages(other, { limit: 10, cursor: ids[0] })).items).toEqual([])
  })

  test('is read up to the message that was shown, and never by another user', async () => {
    const [user, other] = [await newUser(), await newUser()]
    for (let n = 0; n < 3; n++) await tell(user, `event ${n}`)
    const { items } = await DataService.listMessages(user, { limit: 3 })
    const shown = items[1]?.id ?? ''
    await DataService.readMessages(other, { upTo: shown })
    expect(await DataService.countUnreadMessages(user)).toBe(3)
    await DataService.readMessages(user, { upTo: shown })
    expect(await DataService.countUnreadMessages(user)).toBe(1)
    const now = await DataService.listMessages(user, { limit: 3 })
    expect(now.items.map(({ readAt }) => readAt === null)).toEqual([true, false, false])
  })

  test('tells one event once', async () => {
    const user = await newUser()
    await tell(user, 'same')
    await tell(user, 'same')
    expect(await DataService.countUnreadMessages(user)).toBe(1)
  })
})
