/**
 * Messages about what needs the user, after any history of an application and of two banks and their accounts: exactly
 * one for each time that something begins to need them, done as soon as it is over, and no e-mail
 * after that.
 */
import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { NEEDS_USER_ACTION } from '@/lib/domain/connections/connection'
import type { MessageKind } from '@/lib/domain/messages/message'
import { messageText } from '@/lib/domain/messages/message-rules'
import type { RequestedDocument } from '@/lib/domain/onboarding/application'
import { textIn } from '@/lib/domain/text/catalogs'
import type { UserActor } from '@/lib/domain/users/actor'
import { advanceClock, now } from '@/lib/platform/clock'
import * as DataService from '@/lib/services/data'
import { sendEmailJob } from '@/lib/services/pangea/messages/send-email'
import {
  BANKS,
  LEASE_MINUTES,
  MessageModel,
  type Step,
  step
} from '@/tests/model/simulation/message-model'
import {
  account,
  app,
  connect,
  newUser,
  page,
  sync,
  transaction,
  usd
} from '@/tests/support/fixtures/data'
import { type Mailbox, openMailbox } from '@/tests/support/mailbox'
import { openTestStorage, type TestStorage } from '@/tests/support/storage'

const MINUTE_MS = 60_000
type Bank = (typeof BANKS)[number]
/** The short run uses the same histories every time. */
const RUNS = process.env.TEST_LONG
  ? { numRuns: 200 }
  : { numRuns: 10, seed: 20261129, endOnFailure: true }

let storage: TestStorage
let mailbox: Mailbox
beforeAll(async () => {
  storage = await openTestStorage()
  mailbox = await openMailbox()
})
afterAll(async () => {
  await mailbox.close()
  await storage.close()
})

const documents = (sent: boolean): RequestedDocument[] => [
  { id: 'selfie', type: 'SELFIE', status: sent ? 'PENDING_REVIEW' : 'PENDING_UPLOAD', reason: null }
]

/** The same steps at the storage. */
class System {
  connections = new Map<Bank, string>()
  application: DataService.ApplicationRecord | null = null
  readonly user: UserActor
  readonly email: string
  constructor(user: UserActor, email: string) {
    this.user = user
    this.email = email
  }

  static async open(): Promise<System> {
    const user = await newUser()
    const email = `${user.userId}@example.com`
    await DataService.saveUserEmail(app, user.userId, email)
    const made = new System(user, email)
    for (const name of BANKS)
      made.connections.set(
        name,
        await connect(user, { institution: { id: `ins_${randomUUID()}`, name } })
      )
    return made
  }
  async apply(done: Step): Promise<void> {
    const { user, application } = this
    switch (done.do) {
      case 'answer':
        return DataService.saveDraft(user, { citizenship: { country: 'US' } })
      case 'start':
        this.application = await DataService.startApplication(user, { body: '{}' })
        return
      case 'fail':
      case 'crash': {
        const ms = LEASE_MINUTES * MINUTE_MS
        const claimed = await DataService.claimApplication(user, application?.id ?? '', ms)
        if (!claimed) throw new Error('the lease was not free')
        return done.do === 'fail' ? DataService.releaseApplication(user, claimed) : undefined
      }
      case 'create':
        if (!application) throw new Error('no application')
        await DataService.recordCreated(user, application, {
          jikoApplicationId: randomUUID(),
          status: 'CREATED'
        })
        return
      case 'decide':
        await DataService.saveApplicationStatus(app, application?.id ?? '', {
          status: done.status,
          jikoCustomerId: null,
          documents: documents(done.sent)
        })
        return
      case 'item':
        return DataService.saveItemStatus(app, this.connections.get(done.bank) ?? '', {
          status: done.status,
          errorType: null,
          errorCode: null,
          repaired: done.status === 'good'
        })
      case 'disconnect':
        await DataService.requestRemoval(user, this.connections.get(done.bank) ?? '', 'keep')
        return
      case 'sync': {
        const minor = { nothing: null, little: -99_999n, much: -100_000n }[done.paid]
        const date = now().toISOString().slice(0, 10)
        const paid = minor === null ? [] : [transaction(randomUUID(), { amount: usd(minor), date })]
        const accounts = [account('checking', { available: usd(done.low ? 9_999n : 10_000n) })]
        const connectionId = this.connections.get(done.bank) ?? ''
        await sync(storage, connectionId, [page({ added: paid })], { accounts })
        return
      }
      case 'wait':
        advanceClock(done.minutes * MINUTE_MS)
        return DataService.tellWaitingUsers()
      case 'mail':
        for (;;) {
          const job = await DataService.claimEmail(app, { leaseMs: MINUTE_MS })
          if (!job) return
          await sendEmailJob(job)
        }
    }
  }
  async messages(): Promise<{ kind: MessageKind; over: boolean }[]> {
    const { items } = await DataService.listMessages(this.user, { limit: 100 })
    return items.map(({ kind, overAt }) => ({ kind, over: overAt !== null }))
  }
}

const inOrder = <T>(all: readonly T[]): string[] => all.map((one) => JSON.stringify(one)).sort()

async function check(model: MessageModel, system: System): Promise<void> {
  expect(inOrder(await system.messages())).toEqual(
    inOrder(model.told.map(({ kind, over }) => ({ kind, over })))
  )
  const mails = await mailbox.mailsTo(system.email)
  const sent = model.told.filter(({ mail }) => mail === 'sent')
  const ofBanks = (subject: string) => BANKS.some((name) => subject.startsWith(name))
  expect(inOrder(mails.map(({ subject }) => subject).filter((one) => !ofBanks(one)))).toEqual(
    inOrder(sent.map(({ kind }) => messageText({ kind, data: {} }, textIn('en')).title))
  )
  for (const { text } of mails) expect(text.replace(/https?:\S+/g, '')).not.toMatch(/\d/)
}

/** E-mails about banks are at most one a day: none may leave for a bank that needs nothing. */
async function checkBankMails(model: MessageModel, system: System, before: number): Promise<void> {
  for (const { subject } of (await mailbox.mailsTo(system.email)).slice(before)) {
    const name = BANKS.find((one) => subject.startsWith(one))
    const status = name && model.banks.get(name)
    if (name) expect(NEEDS_USER_ACTION.some((one) => one === status)).toBe(true)
  }
}

test('one message for each change that needs the user, and none after it is over', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 25, maxLength: 60, size: 'max' }),
      async (steps) => {
        const [model, system] = [new MessageModel(), await System.open()]
        for (const one of steps) {
          const before = (await mailbox.mailsTo(system.email)).length
          if (!model.apply(one)) continue
          await system.apply(one)
          await check(model, system)
          if (one.do === 'mail') await checkBankMails(model, system, before)
        }
      }
    ),
    RUNS
  )
})
