/** A person's link to one login at one bank (a Plaid Item). */
export const ITEM_STATUSES = [
  'good',
  'bad',
  'error',
  'pending_expiration',
  'pending_disconnect',
  'revoked'
] as const

/**
 * good: works · bad: the person must sign in again · error: the bank or Plaid has trouble, nothing to do · pending_expiration and
 * pending_disconnect: works for now, sign in again by a date · revoked: access was withdrawn, link again.
 */
export type ItemStatus = (typeof ITEM_STATUSES)[number]

/** Plaid's products that this app reads. Consent for another one is asked for once code reads it: then it is added here. */
export const USED_PRODUCTS: readonly string[] = ['transactions']

/**
 * What Link is opened for. A login without an account that has transactions, at a broker or a mortgage lender, cannot be linked for those:
 * it is linked for the product that its accounts support, and only its balances are read.
 */
export const LINK_KINDS = ['everyday', 'investments', 'mortgage'] as const
export type LinkKind = (typeof LINK_KINDS)[number]

/** Whether a bank tells transactions of such an account (contracts: Plaid, `/transactions/sync`); a type that is new to us may have some. */
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
  /** The last time Plaid itself reached the bank. */
  bankDataAt: string | null
  accountIds: string[]
  consentExpiresAt: string | null
}

/** Where a connection's transactions are at Plaid; anything unknown is kept as Plaid's text. */
export type HistoryStatus =
  | 'NOT_READY'
  | 'INITIAL_UPDATE_COMPLETE'
  | 'HISTORICAL_UPDATE_COMPLETE'
  | (string & {})

/** An end of access that was announced: it works until then. */
export const ANNOUNCED = ['pending_expiration', 'pending_disconnect'] as const
export type AnnouncedStatus = (typeof ANNOUNCED)[number]
export const isAnnounced = (status: ItemStatus | null | undefined): status is AnnouncedStatus =>
  ANNOUNCED.some((announced) => announced === status)

/** Trouble that only the person can end. */
export const NEEDS_USER_ACTION: readonly ItemStatus[] = [
  'bad',
  'pending_expiration',
  'pending_disconnect',
  'revoked'
]

/** Plaid's error codes by what mends them (contracts: Plaid §2). */
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
/** Plaid knows nothing any more that a sign-in could mend; the bank has to be linked anew. */
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

/** Trouble of a bank that trying again does not end. */
export const PERMANENT_INSTITUTION_ERRORS: readonly string[] = [
  'INSTITUTION_NO_LONGER_SUPPORTED',
  'ITEM_NOT_SUPPORTED',
  'MFA_NOT_SUPPORTED',
  'UNSUPPORTED_RESPONSE'
]

/** The status an Item has after Plaid answered with this error code; null where the code says nothing about the Item. */
export function statusAfterError(code: string): ItemStatus | null {
  if (LOGIN_ERRORS.has(code)) return 'bad'
  if (ITEM_GONE_ERRORS.has(code) || code === 'USER_PERMISSION_REVOKED') return 'revoked'
  return INSTITUTION_ERRORS.has(code) ? 'error' : null
}

/** Whether Plaid has forgotten the Item, so that not even signing in again brings it back. */
export const isItemGone = (code: string | null): boolean =>
  code !== null && ITEM_GONE_ERRORS.has(code)

/** How a visit to Plaid Link ended, as the browser tells it. Never holds a token. */
export type LinkEvent = {
  /** orphan: the exchange went wrong so that an Item may be left at Plaid that no connection here is of. */
  type: 'success' | 'exit' | 'orphan'
  linkSessionId: string | null
  requestId: string | null
  status: string | null
  errorType: string | null
  errorCode: string | null
  institutionId: string | null
  /** What came of it, where the browser knows. */
  connectionId?: string | null
  /** Our own id of the visit. */
  visit?: string | null
}
