/** Transfers between the Jiko account and a counterparty: states, limits and refusal reasons. */
import type { Money } from '@/lib/domain/money/money'
import type { Direction } from '@/lib/domain/transfers/settlement'

/**
 * draft: not confirmed · replaced: a newer draft took over · sending: confirmed, Jiko's response
 * pending · submitted, on_its_way: accepted by Jiko · settled: complete, may still be returned ·
 * refused: Jiko declined it · not_sent: never reached Jiko.
 */
export const TRANSFER_STATES = [
  'draft',
  'replaced',
  'sending',
  'refused',
  'not_sent',
  'submitted',
  'on_its_way',
  'settled',
  'rejected',
  'canceled',
  'returned'
] as const
export type TransferState = (typeof TRANSFER_STATES)[number]

const RANKS: Record<TransferState, number> = {
  draft: 0,
  sending: 1,
  refused: 2,
  // A late confirmation by Jiko overrides not_sent.
  not_sent: 2,
  submitted: 3,
  on_its_way: 4,
  settled: 5,
  replaced: 6,
  rejected: 6,
  canceled: 6,
  returned: 6
}

/** The states that may change to `state`. A late status update never moves a transfer backwards. */
export const statesThatCanBecome = (state: TransferState): TransferState[] =>
  TRANSFER_STATES.filter((other) => RANKS[other] < RANKS[state])

/** Our own limits in US cents; Jiko publishes none and may refuse less. */
export const MIN_TRANSFER_MINOR = 100n
export const MAX_TRANSFER_MINOR = 5_000_000n
/** Per direction in any 24 hours. Failed and returned transfers do not count. */
export const DAILY_LIMIT_MINOR = 10_000_000n

/**
 * ACH return codes for accounts that are closed, missing, frozen or refuse transfers: the next
 * transfer would be returned too.
 */
export const UNUSABLE_RETURN_CODES = ['R02', 'R03', 'R04', 'R16', 'R20']

/** Why a draft cannot be confirmed. */
export type DraftProblem =
  | 'replaced'
  | 'confirmed'
  | 'expired'
  | 'sending'
  | 'account'
  | 'bank'
  | 'deletion'
  | 'limit'
  | 'locked'
  | 'new_counterparty'
  | 'new_counterparty_limit'
  | 'other_owner_limit'
  | 'too_often'

/** Why Jiko refused a transfer, inferred from the state of the accounts. */
export const REFUSAL_REASONS = [
  'ACCOUNT_FROZEN',
  'ACCOUNT_CLOSED',
  'ACCOUNT_NOT_OPEN',
  'INSUFFICIENT_FUNDS',
  'BANK_NOT_VERIFIED'
] as const
export type RefusalReason = (typeof REFUSAL_REASONS)[number]

/** An external account, with the details its owner recognises it by. */
export type Counterparty = {
  id: string
  institutionName: string | null
  mask: string | null
  accountType: string | null
  state: CounterpartyState
  /** When it can receive its first withdrawal; null if it can. */
  withdrawableFrom: string | null
  /** Its owner has another name, so lower limits apply until a small deposit confirms it. */
  ownerDiffers: boolean
}

/**
 * needs_code: the user must reopen Link and enter the micro-deposit code · unusable: a transfer
 * was returned because of the account.
 */
export const COUNTERPARTY_STATES = [
  'verified',
  'checking',
  'needs_code',
  'failed',
  'expired',
  'unusable'
] as const
export type CounterpartyState = (typeof COUNTERPARTY_STATES)[number]

/**
 * The state of a counterparty. Transfers need status VERIFIED; the verification status says what
 * is missing (contracts: Jiko §4).
 */
export function counterpartyState(
  status: string,
  verification: string | null,
  cameBack: string | null = null
): CounterpartyState {
  if (cameBack) return 'unusable'
  if (status === 'VERIFIED') return 'verified'
  if (verification === 'VERIFICATION_EXPIRED') return 'expired'
  if (status === 'FAILED' || verification === 'VERIFICATION_FAILED') return 'failed'
  return verification === 'PENDING_MANUAL_VERIFICATION' ? 'needs_code' : 'checking'
}

export type Transfer = {
  id: string
  direction: Direction
  amount: Money
  state: TransferState
  /** The ACH return code, such as R01, if Jiko reports one. */
  returnCode: string | null
  /** A `Refusal` code, if the accounts' state revealed one. */
  refusedFor: string | null
  settlesOn: string
  createdAt: string
  confirmedAt: string | null
  settledAt: string | null
  bank: { name: string | null; mask: string | null }
}
