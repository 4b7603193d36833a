/**
 * Messages about what needs the user, after any history of an application and of two banks and their accounts: exactly
 * one for each time that something begins to need them, done as soon as it is over, and no e-mail
 * after that.
 */
import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type ItemStatus, NEEDS_USER_ACTION } from '@/lib/domain/connections/connection'
import type { MessageKind } from '@/lib/domain/messages/message'
import { emailDelayOf, messageText } from '@/lib/domain/messages/message-rules'
import type { RequestedDocument } from '@/lib/domain/onboarding/application'
import type { UserActor } from '@/lib/domain/users/actor'
import { advanceClock, now } from '@/lib/platform/clock'
import * as DataService from '@/lib/services/data'
import { sendEmailJob } from '@/lib/services/pangea/messages/send-email'
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
const DAY_MINUTES = 24 * 60
const LEASE_MINUTES = 5
const BANKS = ['Bank A', 'Bank B'] as const
type Bank = (typeof BANKS)[number]
/** The short run uses the same histories every time. */
const RUNS = process.env.TEST_LONG
  ? { numRuns: 200 }
  : { numRuns: 10, seed: 20261129, endOnFailure: true }

type Step =
  | { do: 'answer' | 'start' | 'fail' | 'crash' | 'create' | 'mail' }
  | { do: 'decide'; status: string; sent: boolean }
  | { do: 'item'; bank: Bank; status: ItemStatus }
  | { do: 'disconnect'; bank: Bank }
  | { do: 'sync'; bank: Bank; low: boolean; paid: 'nothing' | 'little' | 'much' }
  | { do: 'wait'; minutes: number }

const bank = fc.constantFrom(...BANKS)
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constantFrom('answer', 'start', 'create') }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constantFrom('fail', 'crash', 'mail', 'mail') }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('decide' as const),
      status: fc.constantFrom(
        'MANUAL_REVIEW',
        'DOCUMENTS_NEEDED',
        'DOCUMENTS_NEEDED',
        'APPROVED',
        'REJECTED'
      ),
      sent: fc.boolean()
    })
  },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('item' as const),
      bank,
      status: fc.constantFrom<ItemStatus>(
        'good',
        'good',
        'bad',
        'error',
        'pending_expiration',
        'revoked'
      )
    })
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('disconnect' as const), bank }) },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('sync' as const),
      bank,
      low: fc.boolean(),
      paid: fc.constantFrom('nothing', 'little', 'much')
    })
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('wait' as const),
      minutes: fc.constantFrom(1, 10, 20, DAY_MINUTES + 1, 3 * DAY_MINUTES)
    })
  }
) as fc.Arbitrary<Step>

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

/** What should have been told. */
class Model {
  now = 0
  draftAt: number | null = null
  application: 'none' | 'started' | 'created' | 'final' = 'none'
  busyUntil = 0
  banks = new Map<Bank, ItemStatus | 'gone'>(BANKS.map((name) => [name, 'good']))
  synced = new Set<Bank>()
  payments = 0
  told: {
    kind: MessageKind
    about: string
    at: number
    over: boolean
    mail: 'due' | 'sent' | 'dropped'
  }[] = []

  tell(kind: MessageKind, about: string): void {
    const isOpen = this.told.some((one) => one.kind === kind && one.about === about && !one.over)
    const isOnce = ['draft_waiting', 'application_approved', 'application_refused'].includes(kind)
    if (isOpen || (isOnce && this.told.some((one) => one.kind === kind))) return
    this.told.push({ kind, about, at: this.now, over: false, mail: 'due' })
  }
  end(kind: MessageKind, about: string): void {
    for (const one of this.told) if (one.kind === kind && one.about === about) one.over = true
  }
  /** @returns whether the step is possible. */
  apply(done: Step): boolean {
    const isBusy = this.busyUntil > this.now
    switch (done.do) {
      case 'answer':
        if (this.application !== 'none') return false
        this.draftAt = this.now
        this.end('draft_waiting', 'draft')
        return true
      case 'start':
        if (this.application !== 'none' || this.draftAt === null) return false
        this.application = 'started'
        this.end('draft_waiting', 'draft')
        return true
      case 'fail':
      case 'crash':
        if (this.application !== 'started' || isBusy) return false
        if (done.do === 'fail') this.tell('ssn_needed', 'application')
        else this.busyUntil = this.now + LEASE_MINUTES
        return true
      case 'create':
        if (this.application !== 'started') return false
        this.application = 'created'
        this.end('ssn_needed', 'application')
        return true
      case 'decide':
        return this.decide(done)
      case 'item': {
        if (this.banks.get(done.bank) === 'gone') return false
        this.banks.set(done.bank, done.status)
        if (NEEDS_USER_ACTION.includes(done.status)) this.tell('bank_sign_in', done.bank)
        else this.end('bank_sign_in', done.bank)
        return true
      }
      case 'disconnect':
        if (this.banks.get(done.bank) === 'gone') return false
        this.banks.set(done.bank, 'gone')
        this.end('bank_sign_in', done.bank)
        this.end('low_balance', done.bank)
        return true
      case 'sync':
        return this.sync(done)
      case 'wait':
        this.wait(done.minutes)
        return true
      case 'mail':
        for (const one of this.told) {
          const delay = emailDelayOf(one.kind)
          if (delay === null || one.mail !== 'due' || one.at + delay / MINUTE_MS > this.now)
            continue
          one.mail = one.over ? 'dropped' : 'sent'
        }
        return true
    }
  }
  decide({ status, sent }: Extract<Step, { do: 'decide' }>): boolean {
    if (this.application !== 'created') return false
    if (status === 'DOCUMENTS_NEEDED' && !sent) this.tell('documents_needed', 'application')
    else this.end('documents_needed', 'application')
    if (status === 'APPROVED') this.tell('application_approved', 'application')
    if (status === 'REJECTED') this.tell('application_refused', 'application')
    if (status === 'APPROVED' || status === 'REJECTED') this.application = 'final'
    return true
  }
  /** What the first sync brings along is no news. */
  sync({ bank: name, low, paid }: Extract<Step, { do: 'sync' }>): boolean {
    if (this.banks.get(name) !== 'good') return false
    const isNews = this.synced.has(name)
    this.synced.add(name)
    this.payments++
    if (paid === 'much' && isNews) this.tell('large_payment', `payment ${this.payments}`)
    if (!low) this.end('low_balance', name)
    else if (isNews) this.tell('low_balance', name)
    return true
  }
  wait(minutes: number): void {
    this.now += minutes
    if (
      this.application === 'none' &&
      this.draftAt !== null &&
      this.draftAt + DAY_MINUTES < this.now
    )
      this.tell('draft_waiting', 'draft')
    if (this.application === 'started' && this.busyUntil > 0 && this.busyUntil <= this.now)
      this.tell('ssn_needed', 'application')
  }
}

/** The same steps at the storage. */
class System {
  connections = new Map<Bank, string>()
  application: DataService.ApplicationRecord | null = null
  constructor(
    readonly user: UserActor,
    readonly email: string
  ) {}

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

async function check(model: Model, system: System): Promise<void> {
  expect(inOrder(await system.messages())).toEqual(
    inOrder(model.told.map(({ kind, over }) => ({ kind, over })))
  )
  const mails = await mailbox.mailsTo(system.email)
  const sent = model.told.filter(({ mail }) => mail === 'sent')
  const ofBanks = (subject: string) => BANKS.some((name) => subject.startsWith(name))
  expect(inOrder(mails.map(({ subject }) => subject).filter((one) => !ofBanks(one)))).toEqual(
    inOrder(sent.map(({ kind }) => messageText({ kind, data: {} }).title))
  )
  for (const { text } of mails) expect(text.replace(/https?:\S+/g, '')).not.toMatch(/\d/)
}

/** E-mails about banks are at most one a day: none may leave for a bank that needs nothing. */
async function checkBankMails(model: Model, system: System, before: number): Promise<void> {
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
        const [model, system] = [new Model(), await System.open()]
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
