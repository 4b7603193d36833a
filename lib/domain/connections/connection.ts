/** A connection is one Plaid Item: one login at one institution. */
export const ITEM_STATUSES = [
  'good',
  'bad',
  'error',
  'pending_expiration',
  'pending_disconnect',
  'revoked'
] as const

/**
 * good: works · bad: the user must sign in again · error: the institution or Plaid is failing ·
 * pending_expiration, pending_disconnect: works until a date, then needs a sign-in · revoked:
 * access was withdrawn, link again.
 */
export type ItemStatus = (typeof ITEM_STATUSES)[number]

/**
 * The Plaid products that this app always reads. Consent is requested for these and for the
 * deployment's optional ones, in pangea.config.ts.
 */
export const USED_PRODUCTS: readonly string[] = ['transactions']

/**
 * Which kind of accounts a Link session is for. A login without accounts that support transactions
 * (a broker, a mortgage lender) is linked for the product its accounts do support; only balances
 * are read.
 */
export const LINK_KINDS = ['everyday', 'investments', 'mortgage', 'application'] as const
export type LinkKind = (typeof LINK_KINDS)[number]

/**
 * Whether Plaid provides transactions for this account type (contracts: Plaid,
 * `/transactions/sync`). Unknown types count as yes.
 */
export const hasTransactions = ({
  type,
  subtype
}: {
  type: string
  subtype: string | null
}): boolean => type !== 'investment' && (type !== 'loan' || subtype === 'student')

export type Institution = {
  id: string
  name: string
  logo: string | null
}

export type Connection = {
  id: string
  userId: string
  plaidItemId: string
  institutionId: string | null
  institutionName: string
  cursor: string | null
  status: ItemStatus
  errorType: string | null
  errorCode: string | null
  lastSyncedAt: string | null
  /** When Plaid last reached the institution. */
  bankDataAt: string | null
  accountIds: string[]
  consentExpiresAt: string | null
}

/** Plaid's progress in loading the transaction history. Unknown values are kept as text. */
export type HistoryStatus =
  | 'NOT_READY'
  | 'INITIAL_UPDATE_COMPLETE'
  | 'HISTORICAL_UPDATE_COMPLETE'
  | (string & {})

/** Announced ends of access: the connection works until then. */
export const ANNOUNCED = ['pending_expiration', 'pending_disconnect'] as const
export type AnnouncedStatus = (typeof ANNOUNCED)[number]
export const isAnnounced = (status: ItemStatus | null | undefined): status is AnnouncedStatus =>
  ANNOUNCED.some((announced) => announced === status)

/** Only the user can recover from these. */
export const NEEDS_USER_ACTION: readonly ItemStatus[] = [
  'bad',
  'pending_expiration',
  'pending_disconnect',
  'revoked'
]

/** Plaid's error codes grouped by recovery (contracts: Plaid §2). */
const LOGIN_ERRORS = new Set([
  'ITEM_LOGIN_REQUIRED',
  'ITEM_LOCKED',
  'USER_SETUP_REQUIRED',
  'PASSWORD_RESET_REQUIRED',
  'INVALID_CREDENTIALS',
  'INVALID_MFA',
  'INSUFFICIENT_CREDENTIALS',
  'NO_ACCOUNTS',
  'NO_AUTH_ACCOUNTS',
  'ACCESS_NOT_GRANTED',
  'ADDITIONAL_CONSENT_REQUIRED'
])
/**
 * The Item no longer exists at Plaid: a sign-in cannot recover it, the bank must be linked again.
 */
const ITEM_GONE_ERRORS = new Set([
  'ITEM_NOT_FOUND',
  'ITEM_CONCURRENTLY_DELETED',
  'INVALID_ACCESS_TOKEN',
  'INVALID_UPDATED_USERNAME'
])

const INSTITUTION_ERRORS = new Set([
  'INSTITUTION_DOWN',
  'INSTITUTION_NOT_RESPONDING',
  'INSTITUTION_NOT_AVAILABLE',
  'INSTITUTION_NO_LONGER_SUPPORTED',
  'UNSUPPORTED_RESPONSE',
  'ITEM_NOT_SUPPORTED',
  'MFA_NOT_SUPPORTED'
])

/** Institution errors that a retry does not fix. */
export const PERMANENT_INSTITUTION_ERRORS: readonly string[] = [
  'INSTITUTION_NO_LONGER_SUPPORTED',
  'ITEM_NOT_SUPPORTED',
  'MFA_NOT_SUPPORTED',
  'UNSUPPORTED_RESPONSE'
]

/** The Item status implied by a Plaid error code; null if the code says nothing about the Item. */
export function statusAfterError(code: string): ItemStatus | null {
  if (LOGIN_ERRORS.has(code)) return 'bad'
  if (ITEM_GONE_ERRORS.has(code) || code === 'USER_PERMISSION_REVOKED') return 'revoked'
  return INSTITUTION_ERRORS.has(code) ? 'error' : null
}

/** Whether the Item no longer exists at Plaid, so that update mode cannot recover it. */
export const isItemGone = (code: string | null): boolean => ITEM_GONE_ERRORS.has(code ?? '')

/** How a Link session ended, as the browser reports it. Never contains a token. */
export type LinkEvent = {
  /** orphan: the exchange failed and may have left an Item at Plaid without a connection. */
  type: 'success' | 'exit' | 'orphan'
  linkSessionId: string | null
  requestId: string | null
  status: string | null
  errorType: string | null
  errorCode: string | null
  institutionId: string | null
  /** The resulting connection, if the browser knows it. */
  connectionId?: string | null
  /** Our id of the Link session. */
  visit?: string | null
}
