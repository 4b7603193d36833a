import 'server-only'
import type { UserActor } from '@/lib/domain/users/actor'
import { formatMoney, type Money } from '@/lib/domain/money/money'
import { type Direction, settlementDay } from '@/lib/domain/transfers/settlement'
import {
  DAILY_MINOR,
  type DraftProblem,
  LARGEST_MINOR,
  SMALLEST_MINOR,
  type Transfer
} from '@/lib/domain/transfers/transfer'
import { now } from '@/lib/platform/clock'
import { RequestError } from '@/lib/platform/errors'
import * as DataService from '@/lib/services/data'
import { refreshAccount } from '@/lib/services/pangea/account/open-account'
import { requireAccount } from '@/lib/services/pangea/account/read-account'
import { SENDING_LEASE_MS, sendOrder } from '@/lib/services/pangea/transfers/submit-transfer'

export type TransferWish = { direction: Direction; counterpartyId: string; amount: Money }

const DAY_MS = 24 * 3_600_000

/**
 * What the person is shown before they confirm: nothing is asked of the bank's money yet. It takes the place of an earlier one.
 * @throws RequestError invalid by field, conflict while the account or the bank elsewhere cannot move money, not_found; IntegrationError.
 */
export async function prepareTransfer(person: UserActor, wish: TransferWish): Promise<Transfer> {
  const { direction, counterpartyId, amount } = wish
  const account = await requireOpenAccount(person)
  const counterparty = await DataService.findCounterparty(person, counterpartyId)
  if (!counterparty) throw wrong('bank', 'Choose an account')
  if (counterparty.state === 'unusable')
    throw wrong('bank', 'Transfers with this account come back. Choose another one')
  if (counterparty.state !== 'verified') throw wrong('bank', 'This bank has to be verified first')
  if (direction === 'in') await requireMissing(person, account, amount)
  await requireAmount(person, account, wish)
  const settlesOn = settlementDay(direction, amount.minor, now())
  const { id } = await DataService.storeTransferDraft(person, {
    bankAccountId: account.id,
    counterpartyId: counterparty.id,
    direction,
    amount,
    settlesOn
  })
  return DataService.getTransfer(person, id)
}

const wrong = (field: string, message: string) =>
  new RequestError('invalid', 'Some answers need another look.', { fields: { [field]: message } })

const NOT_OPEN: Record<string, string> = {
  FROZEN:
    'Jiko has put your account on hold, so no money can be moved. Jiko can tell you what is needed to lift the hold.',
  CLOSED: 'Your account at Jiko is closed, so no money can be moved.',
  PENDING: 'Jiko is still opening your account. Money can be moved once it is open.'
}
const notOpen = (status: string) =>
  new RequestError(
    'conflict',
    NOT_OPEN[status] ?? 'Money can move only while your account is open.'
  )

/** As Jiko has it at this moment: no event tells when it is frozen or emptied. */
async function requireOpenAccount(person: UserActor): Promise<DataService.BankAccount> {
  const known = await requireAccount(person)
  if (known.status !== 'OPEN') throw notOpen(known.status)
  await refreshAccount(person, {
    id: known.id,
    userId: person.userId,
    jikoPocketId: known.jikoPocketId
  })
  const account = await requireAccount(person)
  if (account.status !== 'OPEN') throw notOpen(account.status)
  return account
}

/** While a deletion waits, money comes in only to make up for what an overdrawn account lacks. */
async function requireMissing(
  person: UserActor,
  { balance }: DataService.BankAccount,
  { minor }: Money
): Promise<void> {
  if (!(await DataService.findDeletion(person))) return
  if (!balance || balance.minor >= 0n) throw DataService.deletionPending()
  if (minor > -balance.minor)
    throw wrong('amount', `Enter ${formatMoney({ ...balance, minor: -balance.minor })} or less`)
}

async function requireAmount(
  person: UserActor,
  { balance }: DataService.BankAccount,
  { direction, amount: { minor, currency } }: TransferWish
): Promise<void> {
  const text = (amount: bigint) => formatMoney({ minor: amount, currency })
  // All that is left may always be taken out.
  if (minor < SMALLEST_MINOR && (direction === 'in' || minor !== balance?.minor))
    throw wrong('amount', `Enter ${text(SMALLEST_MINOR)} or more`)
  if (minor > LARGEST_MINOR) throw wrong('amount', `Enter ${text(LARGEST_MINOR)} or less`)
  const since = new Date(now().getTime() - DAY_MS)
  const left = DAILY_MINOR - (await DataService.sumTransfers(person, { direction, since }))
  if (minor > left) throw wrong('amount', limitWords(left, currency))
  if (direction === 'out' && balance && minor > balance.minor)
    throw wrong(
      'amount',
      balance.minor > 0n
        ? `Your account holds ${text(balance.minor)}. Enter that or less`
        : 'There is no money in your account'
    )
}

const limitWords = (left: bigint, currency: string): string =>
  left < SMALLEST_MINOR
    ? `You have reached the limit of ${formatMoney({ minor: DAILY_MINOR, currency })} in 24 hours. Try again tomorrow`
    : `Enter ${formatMoney({ minor: left, currency })} or less today`

/**
 * The person's yes to what they were shown. However often it comes, from however many windows, the bank is asked for one transfer at most.
 * @returns the transfer; `sending` where the bank's word is not clear yet and is being found out.
 * @throws RequestError not_found, conflict where it may not be confirmed any more: the message says why.
 */
export async function confirmTransfer(person: UserActor, id: string): Promise<Transfer> {
  const shown = await DataService.getTransfer(person, id)
  if (shown.state !== 'draft' && shown.state !== 'replaced') return shown
  const settlesOn = settlementDay(shown.direction, shown.amount.minor, now())
  const token = await DataService.confirmTransfer(person, id, {
    leaseMs: SENDING_LEASE_MS,
    settlesOn
  })
  if (token) await sendOrder(person, token)
  else await explain(person, shown)
  return DataService.getTransfer(person, id)
}

const PROBLEMS: Record<
  Exclude<DraftProblem, 'confirmed' | 'account' | 'deletion' | 'limit'>,
  string
> = {
  replaced:
    'Another transfer was prepared after this one and took its place. Nothing was moved. Check the newer one.',
  expired: 'This was shown too long ago. Nothing was moved. Start again.',
  sending:
    'Another transfer is just being sent. Nothing was moved by this one. Look at your transfers, then start again.',
  bank: 'Money cannot be moved to or from this account any more. Nothing was moved. Choose another one.'
}

/** @throws RequestError conflict, unless another window has confirmed it meanwhile. */
async function explain(person: UserActor, { id, amount: { currency } }: Transfer): Promise<void> {
  const found = await DataService.findDraftProblem(person, id)
  if (found?.problem === 'confirmed') return
  if (found?.problem === 'account') throw notOpen((await requireAccount(person)).status)
  if (found?.problem === 'deletion') throw DataService.deletionPending()
  if (found?.problem === 'limit')
    throw new RequestError(
      'conflict',
      `${limitWords(found.leftMinor, currency)}. Nothing was moved.`
    )
  // What was in the way a moment ago and is not any more was another transfer being sent.
  throw new RequestError('conflict', PROBLEMS[found?.problem ?? 'sending'])
}
