/** Messages about an application and about banks, which end with what they are about. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { GET as messagesRoute } from '@/app/api/v1/messages/route'
import type { MessageKind } from '@/lib/domain/messages/message'
import type { UserActor } from '@/lib/domain/users/actor'
import { advanceClock } from '@/lib/platform/clock'
import { isIntegrationError } from '@/lib/platform/errors'
import { DataService, PangeaService } from '@/lib/services'
import { completeDraft, SSN } from '@/tests/support/applicant'
import { controlItem, linkedUser, relinkBankThroughLink } from '@/tests/support/connections'
import { resetSingletons } from '@/tests/support/environment'
import { signIn } from '@/tests/support/handlers'
import { captureLogs } from '@/tests/support/leaks'
import { type Mailbox, openMailbox } from '@/tests/support/mailbox'
import { openWorld, type World } from '@/tests/support/world'

const DAY_MS = 24 * 3_600_000
let world: World
let mailbox: Mailbox
beforeAll(async () => {
  mailbox = await openMailbox()
  world = await openWorld()
})
afterAll(async () => {
  await world.close()
  await mailbox.close()
})

/** Kind and whether it is over, oldest first. */
const inboxOf = async (user: UserActor): Promise<[MessageKind, 'open' | 'over'][]> =>
  (await DataService.listMessages(user, { limit: 100 })).items
    .map(({ kind, overAt }): [MessageKind, 'open' | 'over'] => [kind, overAt ? 'over' : 'open'])
    .reverse()
const subjectsOf = async (user: UserActor) =>
  (await mailbox.mailsTo((await DataService.findEmail(user)) ?? '')).map(({ subject }) => subject)

async function apply(lastName: string): Promise<UserActor> {
  const user = await world.createUser()
  await completeDraft(user, lastName)
  await PangeaService.onboardUser(user, { ssn: SSN })
  await world.settle()
  return user
}
const decide = async (user: UserActor, decision: string) => {
  const { jikoApplicationId } = (await DataService.findApplication(user)) ?? {}
  await world.control('jiko', `/applications/${jikoApplicationId}/decide`, { decision })
  await PangeaService.onboardUser(user, {})
  await world.settle()
}

describe('an application', () => {
  test.each([
    ['Okafor', 'application_approved', 'Your application is approved'],
    ['Rejected', 'application_refused', 'Your application was declined']
  ] as const)(
    'of Ada %s is told once as %s, also when it is read again',
    async (name, kind, subject) => {
      const user = await apply(name)
      for (let n = 0; n < 2; n++) await PangeaService.onboardUser(user, {})
      await world.settle()
      expect(await inboxOf(user)).toEqual([[kind, 'open']])
      expect(await subjectsOf(user)).toEqual([subject])
    }
  )

  test('that needs documents is told until Jiko has them', async () => {
    const user = await apply('Address')
    expect(await inboxOf(user)).toEqual([['documents_needed', 'open']])
    const { call } = await signIn(world, user.userId)
    expect((await call(messagesRoute, {})).body).toMatchObject({
      items: [{ over: false, link: { href: '/onboarding', label: 'Send documents' } }]
    })
    await decide(user, 'approve')
    expect(await inboxOf(user)).toEqual([
      ['documents_needed', 'over'],
      ['application_approved', 'open']
    ])
    expect((await call(messagesRoute, {})).body).toMatchObject({
      items: [{ over: false }, { over: true, link: null }]
    })
    expect(await subjectsOf(user)).toEqual([
      'Jiko needs documents from you',
      'Your application is approved'
    ])
  })

  test('in review is not told', async () => {
    expect(await inboxOf(await apply('Review'))).toEqual([])
  })
})

describe('the Social Security number', () => {
  /** Jiko does not answer, so the number is needed again. */
  async function failToSend(): Promise<UserActor> {
    const user = await world.createUser()
    await completeDraft(user)
    const logged = captureLogs()
    await world.control('jiko', '/faults', { path: '/api/v1/applications/', kind: '503' })
    const failed = await PangeaService.onboardUser(user, { ssn: SSN }).catch((error) => error)
    world.jiko.faults.clear()
    resetSingletons('log')
    expect(isIntegrationError(failed)).toBe(true)
    expect(logged()).not.toContain(SSN)
    await world.settle()
    return user
  }

  test('that is entered again within minutes is told in the app only', async () => {
    const user = await failToSend()
    expect(await inboxOf(user)).toEqual([['ssn_needed', 'open']])
    await PangeaService.onboardUser(user, { ssn: SSN })
    advanceClock(DAY_MS)
    await world.settle()
    expect(await inboxOf(user)).toEqual([
      ['ssn_needed', 'over'],
      ['application_approved', 'open']
    ])
    expect(await subjectsOf(user)).toEqual(['Your application is approved'])
  })

  test('that is missing for longer is also asked for by e-mail, once', async () => {
    const user = await failToSend()
    for (let n = 0; n < 2; n++) {
      advanceClock(DAY_MS)
      await DataService.tellWaitingUsers()
      await world.settle()
    }
    expect(await inboxOf(user)).toEqual([['ssn_needed', 'open']])
    expect(await subjectsOf(user)).toEqual(['Your application was not sent yet'])
  })
})

test('a deletion does not wait for an e-mail whose time has not come', async () => {
  const user = await world.createUser()
  await world.settle()
  await completeDraft(user)
  const application = await DataService.startApplication(user, { body: '{}' })
  const claimed = await DataService.claimApplication(user, application.id, DAY_MS)
  if (claimed) await DataService.releaseApplication(user, claimed)
  expect(await inboxOf(user)).toEqual([['ssn_needed', 'open']])
  const address = (await DataService.findEmail(user)) ?? ''
  await PangeaService.deleteMyData(user)
  await world.settle()
  expect(await DataService.findErasure(user)).not.toBeNull()
  expect((await mailbox.mailsTo(address)).map(({ subject }) => subject)).toEqual([
    'Deletion started'
  ])
})

test('a draft that is left for a day is told once, and is over when the user goes on', async () => {
  const user = await world.createUser()
  await completeDraft(user)
  await DataService.tellWaitingUsers()
  expect(await inboxOf(user)).toEqual([])
  for (let n = 0; n < 3; n++) {
    advanceClock(DAY_MS + 1)
    await DataService.tellWaitingUsers()
    await world.settle()
  }
  expect(await inboxOf(user)).toEqual([['draft_waiting', 'open']])
  expect(await subjectsOf(user)).toEqual(['Your application is saved'])
  await PangeaService.onboardUser(user, { ssn: SSN })
  expect((await inboxOf(user))[0]).toEqual(['draft_waiting', 'over'])
})

test('a bank that needs a sign-in is told in the app and by one e-mail, until it works or is removed', async () => {
  const { user, itemId, connectionId } = await linkedUser(world)
  await controlItem(world, itemId, 'reset-login')
  const [{ data } = { data: {} }] = (await DataService.listMessages(user, { limit: 1 })).items
  expect(data).toEqual({ bank: 'First Platypus Bank' })
  expect(await DataService.countUnreadMessages(user)).toBe(1)
  await relinkBankThroughLink(world, user, connectionId)
  expect(await inboxOf(user)).toEqual([['bank_sign_in', 'over']])
  expect(await DataService.countUnreadMessages(user)).toBe(0)
  await controlItem(world, itemId, 'reset-login')
  await PangeaService.disconnectBank(user, connectionId, { history: 'keep' })
  expect(await inboxOf(user)).toEqual([
    ['bank_sign_in', 'over'],
    ['bank_sign_in', 'over']
  ])
  expect(await subjectsOf(user)).toEqual(['First Platypus Bank needs you to sign in again'])
})

test('a switch turns off the e-mails of its group and no message', async () => {
  const user = await world.createUser()
  await PangeaService.savePreferences(user, { emailsOff: ['application'] })
  await completeDraft(user)
  await PangeaService.onboardUser(user, { ssn: SSN })
  await DataService.tellUser(user, { kind: 'numbers_revealed', key: 'test', data: {} })
  await world.settle()
  expect((await inboxOf(user)).map(([kind]) => kind)).toEqual([
    'application_approved',
    'numbers_revealed'
  ])
  expect(await subjectsOf(user)).toEqual(['Account numbers shown'])
})
