/** The histories of the messages' model, and what each of them should tell the user. */
import fc from 'fast-check'
import { type ItemStatus, NEEDS_USER_ACTION } from '@/lib/domain/connections/connection'
import type { MessageKind } from '@/lib/domain/messages/message'
import { emailDelayOf } from '@/lib/domain/messages/message-rules'

const MINUTE_MS = 60_000
const DAY_MINUTES = 24 * 60
export const LEASE_MINUTES = 5
export const BANKS = ['Bank A', 'Bank B'] as const
type Bank = (typeof BANKS)[number]

export type Step =
  | { do: 'answer' | 'start' | 'fail' | 'crash' | 'create' | 'mail' }
  | { do: 'decide'; status: string; sent: boolean }
  | { do: 'item'; bank: Bank; status: ItemStatus }
  | { do: 'disconnect'; bank: Bank }
  | { do: 'sync'; bank: Bank; low: boolean; paid: 'nothing' | 'little' | 'much' }
  | { do: 'wait'; minutes: number }

const bank = fc.constantFrom(...BANKS)
export const step: fc.Arbitrary<Step> = fc.oneof(
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

/** What should have been told. */
export class MessageModel {
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
