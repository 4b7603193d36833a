/** Texts of transfer states. */
import type { TransferResponse } from '@/lib/api/transfers'

export type TransferTone = 'going' | 'good' | 'bad'
export type TransferLabels = { label: string; tone: TransferTone; description: string }

type TransferInput = Pick<
  TransferResponse,
  'direction' | 'state' | 'returnCode' | 'refusedFor' | 'settlesOn' | 'settledAt' | 'bank'
>

/** ACH return codes that a user can act on. */
const RETURN_REASONS: Record<string, string> = {
  R01: 'there was not enough money in that account',
  R02: 'that account is closed',
  R03: 'that account could not be found',
  R04: 'its account number is not valid',
  R05: 'the payment was not authorized',
  R07: 'the permission for payments was withdrawn',
  R08: 'the payment was stopped',
  R09: 'the money in that account was not available yet',
  R10: 'the payment was reported as not authorized',
  R16: 'that account is frozen',
  R20: 'that account does not allow transfers',
  R29: 'the payment was reported as not authorized'
}

export const bankLabel = ({ name, mask }: TransferResponse['bank']): string =>
  mask ? `${name} ••••\u00a0${mask}` : name

function returnDescription({ direction, returnCode, settledAt, bank }: TransferInput): string {
  const code = returnCode ? RETURN_REASONS[returnCode] : undefined
  const reason = code
    ? `because ${code} (${returnCode})`
    : returnCode
      ? `with the code ${returnCode}`
      : 'and Jiko does not say why'
  if (direction === 'out')
    return `${bank.name} sent the money back ${reason}. It is in your account here again.`
  const effect = settledAt
    ? 'The amount was taken out of your account here again.'
    : 'Your Jiko balance did not change.'
  return `${bank.name} sent it back ${reason}. ${effect}`
}

/** Why Jiko refused it, if known. */
const REFUSAL_REASONS: Record<string, string> = {
  ACCOUNT_FROZEN: 'because your account is on hold',
  ACCOUNT_CLOSED: 'because your account is closed',
  ACCOUNT_NOT_OPEN: 'because your account is not open',
  INSUFFICIENT_FUNDS: 'because there is not enough money in your account',
  BANK_NOT_VERIFIED: 'because the other account is no longer verified'
}

const NO_MONEY_MOVED = 'No money was moved.'
/** It may have failed some time before the user looks. */
const NOTHING_ADDED = 'Nothing was added to your account.'
const MONEY_RETURNED = 'The money is in your account again.'

/** Labels and tones of the states; a transfer that was declined after it settled was returned. */
const STATES: Record<TransferResponse['state'], { label: string; tone: TransferTone }> = {
  draft: { label: 'Not confirmed', tone: 'going' },
  replaced: { label: 'Not confirmed', tone: 'going' },
  sending: { label: 'Being sent', tone: 'going' },
  submitted: { label: 'With Jiko', tone: 'going' },
  on_its_way: { label: 'On its way', tone: 'going' },
  settled: { label: 'Done', tone: 'good' },
  returned: { label: 'Sent back', tone: 'bad' },
  rejected: { label: 'Declined', tone: 'bad' },
  canceled: { label: 'Cancelled', tone: 'bad' },
  refused: { label: 'Not accepted', tone: 'bad' },
  not_sent: { label: 'Not sent', tone: 'bad' }
}

function stateOf({ state, settledAt }: TransferInput): TransferResponse['state'] {
  return settledAt && (state === 'rejected' || state === 'canceled') ? 'returned' : state
}

/** @param date formats a calendar date in the user's locale. */
export function transferLabels(
  transfer: TransferInput,
  date: (on: string) => string
): TransferLabels {
  const state = stateOf(transfer)
  return { ...STATES[state], description: descriptionOf(state, transfer, date) }
}

function descriptionOf(
  state: TransferResponse['state'],
  transfer: TransferInput,
  date: (on: string) => string
): string {
  const { direction, bank, refusedFor, settlesOn } = transfer
  const outcome = direction === 'out' ? MONEY_RETURNED : NOTHING_ADDED
  switch (state) {
    case 'draft':
    case 'replaced':
      return NO_MONEY_MOVED
    case 'sending':
      return 'We are checking that Jiko received it. This usually takes a few minutes, longer if Jiko is not answering. Please do not start it again.'
    case 'submitted':
    case 'on_its_way':
      return `Expected by ${date(settlesOn)}.`
    case 'settled':
      return direction === 'in'
        ? 'The money is in your account.'
        : `The money has arrived at ${bank.name}.`
    case 'returned':
      return returnDescription(transfer)
    case 'rejected':
      return `Jiko declined it and does not say why. ${outcome}`
    case 'canceled':
      return `Jiko cancelled it. ${outcome}`
    case 'refused':
      return `Jiko did not accept this transfer ${REFUSAL_REASONS[refusedFor ?? ''] ?? 'and gave no reason'}. ${NO_MONEY_MOVED}`
    case 'not_sent':
      return `It never reached Jiko. ${NO_MONEY_MOVED} Start again if you still want it.`
  }
}
