/** The emulator's records. Each is on disk before the response. */
import type { Emulator } from '@/sandbox/core/sandbox'
import type { Collection, Store } from '@/sandbox/core/store'
import { notFound } from '@/sandbox/jiko/errors'
import type { ApplicationFields } from '@/sandbox/jiko/onboarding/application-fields'
import type { SwitchStore } from '@/sandbox/jiko/undocumented-switches'

export type ConsoleAction = {
  label: string
  method: 'POST'
  path: string
  body?: Record<string, unknown>
}

export type PlaidCredentials = { url: string; clientId: string; secret: string }

export type ApplicationDocument = {
  id: string
  type: string
  status: 'PENDING_UPLOAD' | 'PENDING_REVIEW' | 'APPROVED' | 'INVALID'
  exception_reason: string | null
  name: string
}

export type Application = {
  id: string
  time_created: string
  updated_at: string
  status: string
  exception_reasons: string[]
  /** The request, without the identification number. */
  fields: ApplicationFields
  /** Keyed hash: tells two numbers apart without revealing them. */
  identificationHash: string
  customer_id: string | null
  documents: ApplicationDocument[]
  /** End of the check by the emulator's clock; null when none is running. */
  decideAt: number | null
  outcome: string | null
  applied: number
}

export type Customer = { id: string; applicationId: string; time_created: string }
export type Pocket = {
  id: string
  customer_id: string
  pocket_name: string
  status: 'PENDING' | 'OPEN' | 'FROZEN' | 'CLOSED'
  openAt: number | null
  closure_reason: string | null
  deposit_strategy_id: string
  reinvestment_strategy_id: string | null
  /** The earlier strategy's holdings. */
  held_strategy_id: string | null
  cents: number
  time_created: string
}
export type Portal = {
  id: string
  jiko_account_id: string
  routing_number: string
  account_number: string
  status: 'OPEN' | 'CLOSED'
  name: string
}
export type PocketTransaction = {
  id: string
  transaction_id: string
  pocketId: string
  type: string
  title: string
  description: string
  cents: number
  direction: 'CREDIT' | 'DEBIT'
  time_booked: string
  settlesAt: number
}
/** `accessToken` is Plaid's and never leaves the emulator. */
export type Counterparty = {
  id: string
  customer_id: string
  accessToken: string
  plaidAccountId: string
  institution_name: string | null
  mask: string | null
  account_type: 'CHECKING' | 'SAVINGS'
  account_number: string
  status: 'IN_PROGRESS' | 'VERIFIED' | 'FAILED'
  verification_status: string
  /** Time of the verification check, by the emulator's clock. */
  readyAt: number
  time_created: string
}
export type OriginationStep = { at: number; status: string; code?: string }
/** One ACH transfer and its planned steps. */
export type Origination = {
  id: string
  jiko_account_id: string
  counterparty_id: string
  direction: 'DEBIT' | 'CREDIT'
  cents: number
  sec_code: string
  payment_related_information: string[]
  company_entry_description: string
  status: string
  return_code: string | null
  time_created: string
  steps: OriginationStep[]
}
export type Trade = {
  id: string
  customer_id: string
  jiko_account_id: string
  cents: number
  side: 'BUY' | 'SELL'
  cusip: string
  strategy: string
  time_created: string
}
export type Subscription = {
  id: string
  events: string[]
  url: string
  shared_secret: string
  description: string | null
  retry_policy: unknown
  status: 'enabled' | 'disabled'
  time_created: string
  updated_at: string
}
export type BankEvent = {
  id: string
  body: string
  event_type: string
  timestamp: string
  sent: { deliveryId: string; subscriptionId: string }[]
}
/** The response stored for an idempotency key, kept for an hour. */
export type StoredResponse = {
  id: string
  requestHash: string
  status: number
  body: string
  at: number
}
export type Token = { id: string; expiresAt: number }
export type Bundle = { id: string; release_date: string; order: number }

export type JikoOptions = {
  username: string
  password: string
  sharedSecret: string
  decisionDelay: number
  plaid?: PlaidCredentials | undefined
}

export type Jiko = {
  sandbox: Emulator
  options: JikoOptions
  switches: SwitchStore
  records: ReturnType<typeof openRecords>
  now(): Date
}

export function openRecords(store: Store) {
  const open = <T extends { id: string }>(name: string): Collection<T> => store.collection<T>(name)
  return {
    applications: open<Application>('applications'),
    customers: open<Customer>('customers'),
    pockets: open<Pocket>('pockets'),
    portals: open<Portal>('portals'),
    transactions: open<PocketTransaction>('transactions'),
    trades: open<Trade>('trades'),
    counterparties: open<Counterparty>('counterparties'),
    originations: open<Origination>('originations'),
    subscriptions: open<Subscription>('subscriptions'),
    events: open<BankEvent>('events'),
    answers: open<StoredResponse>('answers'),
    tokens: open<Token>('tokens'),
    bundles: open<Bundle>('bundles')
  }
}

/** Amounts on this wire: integer cents and the formatted text. */
export const usd = (cents: number) => ({
  value: cents,
  currency: 'USD',
  formatted: new Intl.NumberFormat('en-US', { style: 'currency', currency: 'USD' }).format(
    cents / 100
  )
})

/** @throws JikoApiError 404 */
export const getApplication = ({ records }: Jiko, id: string): Application =>
  required(records.applications.get(id))
/** @throws JikoApiError 404 */
export const getCustomer = ({ records }: Jiko, id: string): Customer =>
  required(records.customers.get(id))
/** @throws JikoApiError 404 */
export const getPocket = ({ records }: Jiko, id: string): Pocket =>
  required(records.pockets.get(id))

function required<T>(record: T | undefined): T {
  if (!record) throw notFound()
  return record
}
