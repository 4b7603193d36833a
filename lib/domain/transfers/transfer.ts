/** A transfer between a person's own account and their bank elsewhere: its words, its limits and the order of its states. */
import type { Money } from '@/lib/domain/money/money'
import type { Direction } from '@/lib/domain/transfers/settlement'

/**
 * draft: shown, not confirmed. replaced: another draft took its place. sending: confirmed; whether the bank has it is being found out. submitted, on_its_way: with the bank.
 * settled: done, though the other bank may still send it back. refused: the bank would not take it. not_sent: it never reached the bank.
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
  // Should the bank have it after all, its word counts.
  not_sent: 2,
  submitted: 3,
  on_its_way: 4,
  settled: 5,
  replaced: 6,
  rejected: 6,
  canceled: 6,
  returned: 6
}

/** The states that may become `state`: word that comes late never takes a transfer back. */
export const statesThatCanBecome = (state: TransferState): TransferState[] =>
  TRANSFER_STATES.filter((other) => RANKS[other] < RANKS[state])

/** Our own limits, because the bank publishes none; it may refuse less. Minor units of US dollars. */
export const MIN_TRANSFER_MINOR = 100n
export const MAX_TRANSFER_MINOR = 5_000_000n
/** For each direction, in any 24 hours. What came to nothing or came back does not count. */
export const DAILY_LIMIT_MINOR = 10_000_000n

/** Codes with which the network says that an account is closed, not there, frozen, or takes no transfers: the next one would come back as well. */
export const UNUSABLE_RETURN_CODES = ['R02', 'R03', 'R04', 'R16', 'R20']

/** Why a draft may not be confirmed. */
export type DraftProblem =
  | 'replaced'
  | 'confirmed'
  | 'expired'
  | 'sending'
  | 'account'
  | 'bank'
  | 'deletion'
  | 'limit'

/** Why the bank did not take a transfer; it says so itself only by the state of the accounts. */
export const REFUSAL_REASONS = [
  'ACCOUNT_FROZEN',
  'ACCOUNT_CLOSED',
  'ACCOUNT_NOT_OPEN',
  'INSUFFICIENT_FUNDS',
  'BANK_NOT_VERIFIED'
] as const
export type RefusalReason = (typeof REFUSAL_REASONS)[number]

/** A bank elsewhere, by what its owner knows it by. */
export type Counterparty = {
  id: string
  institutionName: string | null
  mask: string | null
  accountType: string | null
  state: CounterpartyState
}

/** needs_code: the person has to open Link once more and type what a small deposit says. unusable: a transfer came back because of the account itself. */
export const COUNTERPARTY_STATES = [
  'verified',
  'checking',
  'needs_code',
  'failed',
  'expired',
  'unusable'
] as const
export type CounterpartyState = (typeof COUNTERPARTY_STATES)[number]

/** Money moves only where the bank's status is VERIFIED; the proof's own word says what is missing (contracts: Jiko §4). */
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
  /** A code of the payment network, such as R01, where the bank says. */
  returnCode: string | null
  /** Why the bank did not take it, where reading the account back told: a `Refusal`. */
  refusedFor: string | null
  settlesOn: string
  createdAt: string
  confirmedAt: string | null
  settledAt: string | null
  bank: { name: string | null; mask: string | null }
}
