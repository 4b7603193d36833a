import 'server-only'
import { formatMoney, type Money } from '@/lib/domain/money/money'
import { type Direction, settlementDay } from '@/lib/domain/transfers/settlement'
import {
  DAILY_LIMIT_MINOR,
  type DraftProblem,
  MAX_TRANSFER_MINOR,
  MIN_TRANSFER_MINOR,
  type Transfer
} from '@/lib/domain/transfers/transfer'
import type { UserActor } from '@/lib/domain/users/actor'
import { now } from '@/lib/platform/clock'
import { RequestError } from '@/lib/platform/errors'
import * as DataService from '@/lib/services/data'
import { refreshAccount } from '@/lib/services/pangea/account/open-account'
import { requireBankAccount } from '@/lib/services/pangea/account/read-account'
import {
  limitMessage,
  type ProtectionProblem,
  protectionMessage,
  throwProtection
} from '@/lib/services/pangea/transfers/protection-messages'
import { requireFunds } from '@/lib/services/pangea/transfers/require-funds'
import { submitTransfer } from '@/lib/services/pangea/transfers/submit-transfer'
import { LEASE_MS, withJobLease } from '@/lib/services/pangea/worker/lease'

export type TransferRequest = { direction: Direction; counterpartyId: string; amount: Money }

const DAY_MS = 24 * 3_600_000

/**
 * Stores a draft for the user to confirm; replaces an earlier draft. Moves no money.
 * @throws RequestError invalid by field, conflict while the account or counterparty cannot move
 * money, not_found; IntegrationError.
 */
export async function prepareTransfer(
  actor: UserActor,
  request: TransferRequest
): Promise<Transfer> {
  const { direction, counterpartyId, amount } = request
  const account = await requireOpenAccount(actor)
  const counterparty = await DataService.findCounterparty(actor, counterpartyId)
  if (!counterparty) throw fieldError('bank', 'Choose an account')
  if (counterparty.state === 'unusable')
    throw fieldError('bank', 'Transfers with this account are returned. Choose another one')
  if (counterparty.state !== 'verified')
    throw fieldError('bank', 'This bank has to be verified first')
  if (direction === 'in') await requireWithinShortfall(actor, account, amount)
  await requireAllowedAmount(actor, account, request)
  if (direction === 'in') await requireFunds(actor, counterparty, amount)
  const settlesOn = settlementDay(direction, amount.minor, now())
  const { id } = await DataService.saveTransferDraft(actor, {
    bankAccountId: account.id,
    counterpartyId: counterparty.id,
    direction,
    amount,
    settlesOn
  })
  const check = await DataService.findDraftProblem(actor, id)
  if (check) throwProtection(check, { direction, currency: amount.currency })
  return DataService.getTransfer(actor, id)
}

const fieldError = (field: string, message: string) =>
  new RequestError('invalid', 'Please check the highlighted fields.', {
    fields: { [field]: message }
  })

const ACCOUNT_STATUS_MESSAGES: Record<string, string> = {
  FROZEN:
    'Jiko has put your account on hold, so no money can be moved. Jiko can tell you how to lift the hold.',
  CLOSED: 'Your account at Jiko is closed, so no money can be moved.',
  PENDING: 'Jiko is still opening your account. Money can be moved once it is open.'
}
const accountNotOpen = (status: string) =>
  new RequestError(
    'conflict',
    ACCOUNT_STATUS_MESSAGES[status] ?? 'Money can move only while your account is open.'
  )

/** Read live: Jiko sends no event when an account is frozen or emptied. */
async function requireOpenAccount(actor: UserActor): Promise<DataService.BankAccount> {
  const known = await requireBankAccount(actor)
  if (known.status !== 'OPEN') throw accountNotOpen(known.status)
  await refreshAccount(actor, {
    id: known.id,
    userId: actor.userId,
    jikoPocketId: known.jikoPocketId
  })
  const account = await requireBankAccount(actor)
  if (account.status !== 'OPEN') throw accountNotOpen(account.status)
  return account
}

/** During a deletion, deposits are limited to the overdraft. */
async function requireWithinShortfall(
  actor: UserActor,
  { balance }: DataService.BankAccount,
  { minor }: Money
): Promise<void> {
  if (!(await DataService.findDeletion(actor))) return
  if (!balance || balance.minor >= 0n) throw DataService.deletionPendingError()
  if (minor > -balance.minor)
    throw fieldError(
      'amount',
      `Enter ${formatMoney({ ...balance, minor: -balance.minor })} or less`
    )
}

async function requireAllowedAmount(
  actor: UserActor,
  { balance }: DataService.BankAccount,
  { direction, amount: { minor, currency } }: TransferRequest
): Promise<void> {
  const text = (amount: bigint) => formatMoney({ minor: amount, currency })
  // The full remaining balance may always be withdrawn.
  if (minor < MIN_TRANSFER_MINOR && (direction === 'in' || minor !== balance?.minor))
    throw fieldError('amount', `Enter ${text(MIN_TRANSFER_MINOR)} or more`)
  if (minor > MAX_TRANSFER_MINOR)
    throw fieldError('amount', `Enter ${text(MAX_TRANSFER_MINOR)} or less`)
  const since = new Date(now().getTime() - DAY_MS)
  const left = DAILY_LIMIT_MINOR - (await DataService.sumTransfers(actor, { direction, since }))
  if (minor > left) throw fieldError('amount', limitMessage(left, { direction, currency }))
  if (direction === 'out' && balance && minor > balance.minor)
    throw fieldError(
      'amount',
      balance.minor > 0n
        ? `Your account holds ${text(balance.minor)}. Enter that or less`
        : 'There is no money in your account'
    )
}

/**
 * Confirms a draft. Idempotent: at most one transfer is requested, however many windows confirm.
 * @returns the transfer; `sending` while Jiko's response is unknown.
 * @throws RequestError not_found, or conflict with the reason if the draft can no longer be
 * confirmed.
 */
export async function confirmTransfer(actor: UserActor, id: string): Promise<Transfer> {
  const draft = await DataService.getTransfer(actor, id)
  if (draft.state !== 'draft' && draft.state !== 'replaced') return draft
  const settlesOn = settlementDay(draft.direction, draft.amount.minor, now())
  const token = await DataService.confirmTransfer(actor, id, { leaseMs: LEASE_MS, settlesOn })
  if (token)
    await withJobLease({ kind: 'transfer', id, attempts: 1, leaseToken: token }, (lease) =>
      submitTransfer(actor, token, lease)
    )
  else await throwDraftProblem(actor, draft)
  return DataService.getTransfer(actor, id)
}

const DRAFT_PROBLEM_MESSAGES: Record<
  Exclude<DraftProblem, 'confirmed' | 'account' | 'deletion' | 'limit' | ProtectionProblem>,
  string
> = {
  replaced: 'A newer transfer replaced this one. No money was moved. Check the newer one.',
  expired: 'This confirmation has expired. No money was moved. Start again.',
  sending:
    'Another transfer is being sent. This one moved no money. Check your transfers, then start again.',
  bank: 'This account can no longer be used for transfers. No money was moved. Choose another one.'
}

/** @throws RequestError conflict, unless another window confirmed the draft meanwhile. */
async function throwDraftProblem(
  actor: UserActor,
  { id, direction, amount: { currency } }: Transfer
): Promise<void> {
  const found = await DataService.findDraftProblem(actor, id)
  if (found?.problem === 'confirmed') return
  if (found?.problem === 'account') throw accountNotOpen((await requireBankAccount(actor)).status)
  if (found?.problem === 'deletion') throw DataService.deletionPendingError()
  if (found) {
    const limit = protectionMessage(found, { direction, currency })
    if (limit) throw new RequestError('conflict', `${limit.message}. No money was moved.`)
  }
  // No problem any more: another transfer was being sent and has just finished.
  throw new RequestError(
    'conflict',
    DRAFT_PROBLEM_MESSAGES[(found?.problem ?? 'sending') as keyof typeof DRAFT_PROBLEM_MESSAGES]
  )
}
