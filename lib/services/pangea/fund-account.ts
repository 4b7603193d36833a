import 'server-only'
import type { Person } from '../../domain/actor'
import { formatMoney, type Money } from '../../domain/money'
import { type Direction, settlementDay } from '../../domain/settlement'
import { DAILY_MINOR, LARGEST_MINOR, SMALLEST_MINOR, type Transfer } from '../../domain/transfer'
import { now } from '../../platform/clock'
import { RequestError } from '../../platform/errors'
import * as AuthService from '../auth'
import * as BankingService from '../banking'
import * as DataService from '../data'
import { requireLimit } from './limits'
import { requireAccount } from './read-account'
import { SENDING_LEASE_MS, sendOrder } from './send-transfer'

export type TransferWish = { direction: Direction; counterpartyId: string; amount: Money }

const DAY_MS = 24 * 3_600_000

/**
 * What the person is shown before they confirm: nothing is asked of the bank's money yet. It takes the place of an earlier one.
 * @throws RequestError invalid by field, conflict while the account or the bank elsewhere cannot move money, not_found; IntegrationError.
 */
export async function prepareTransfer(person: Person, { direction, counterpartyId, amount }: TransferWish): Promise<Transfer> {
  await requireLimit(person, 'transfer.prepare')
  const account = await requireAccount(person)
  if (account.status !== 'OPEN') throw new RequestError('conflict', 'Money can move only while your account is open.')
  const counterparty = await DataService.findCounterparty(person, counterpartyId)
  if (!counterparty) throw wrong('bank', 'Choose one of your linked banks')
  if (counterparty.state !== 'verified') throw wrong('bank', 'This bank has to be verified first')
  await requireAmount(person, account.jikoPocketId, direction, amount)
  const settlesOn = settlementDay(direction, amount.minor, now())
  const { id } = await DataService.storeTransferDraft(person, { bankAccountId: account.id, counterpartyId: counterparty.id, direction, amount, settlesOn })
  return DataService.getTransfer(person, id)
}

const wrong = (field: string, message: string) => new RequestError('invalid', 'Some answers need another look.', { fields: { [field]: message } })

async function requireAmount(person: Person, jikoPocketId: string, direction: Direction, { minor, currency }: Money): Promise<void> {
  const text = (amount: bigint) => formatMoney({ minor: amount, currency })
  if (minor < SMALLEST_MINOR) throw wrong('amount', `Enter ${text(SMALLEST_MINOR)} or more`)
  if (minor > LARGEST_MINOR) throw wrong('amount', `Enter ${text(LARGEST_MINOR)} or less`)
  const since = new Date(now().getTime() - DAY_MS)
  const left = DAILY_MINOR - (await DataService.sumTransfers(person, { direction, since }))
  if (minor > left)
    throw wrong('amount', left < SMALLEST_MINOR ? 'You have reached the limit of 24 hours. Try again tomorrow' : `Enter ${text(left)} or less today`)
  if (direction === 'in') return
  const { balance } = await BankingService.getPocket(jikoPocketId, { userId: person.userId })
  if (balance && minor > balance.minor) throw wrong('amount', `Your account holds ${text(balance.minor)}. Enter that or less`)
}

/**
 * The person's yes to what they were shown. However often it comes, from however many windows, the bank is asked for one transfer at most.
 * @returns the transfer; `sending` where the bank's word is not clear yet and is being found out.
 * @throws RequestError reverification_required, conflict where it was shown too long ago, was replaced, or another one is just being sent; not_found.
 */
export async function confirmTransfer(person: Person, id: string): Promise<Transfer> {
  AuthService.requireRecentProof(person)
  await requireLimit(person, 'transfer.confirm')
  const shown = await DataService.getTransfer(person, id)
  if (shown.state !== 'draft') return shown
  const settlesOn = settlementDay(shown.direction, shown.amount.minor, now())
  const token = await DataService.confirmTransfer(person, id, { leaseMs: SENDING_LEASE_MS, settlesOn })
  if (token) await sendOrder(person, token)
  const after = await DataService.getTransfer(person, id)
  if (after.state === 'draft')
    throw new RequestError(
      'conflict',
      'This was shown too long ago, or another transfer is just being sent. Nothing was moved. Look at your transfers, then start again.'
    )
  return after
}
