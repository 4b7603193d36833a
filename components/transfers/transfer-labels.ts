/** Texts of transfer states. */
import type { TransferResponse } from '@/lib/api/transfers'
import type { Text, TextKey } from '@/lib/domain/text/text'

export type TransferTone = 'going' | 'good' | 'bad'
export type TransferLabels = { label: string; tone: TransferTone; description: string }

type Key = TextKey<'transfers'>
type TransferText = Text<'transfers'>
type TransferInput = Pick<
  TransferResponse,
  'direction' | 'state' | 'returnCode' | 'refusedFor' | 'settlesOn' | 'settledAt' | 'bank'
>

/** ACH return codes that a user can act on. Each is a clause of a sentence about the return. */
const RETURN_REASONS: Record<string, Key> = {
  R01: 'because there was not enough money in that account ({code})',
  R02: 'because that account is closed ({code})',
  R03: 'because that account could not be found ({code})',
  R04: 'because its account number is not valid ({code})',
  R05: 'because the payment was not authorized ({code})',
  R07: 'because the permission for payments was withdrawn ({code})',
  R08: 'because the payment was stopped ({code})',
  R09: 'because the money in that account was not available yet ({code})',
  R10: 'because the payment was reported as not authorized ({code})',
  R16: 'because that account is frozen ({code})',
  R20: 'because that account does not allow transfers ({code})',
  R29: 'because the payment was reported as not authorized ({code})'
}

export const bankLabel = ({ name, mask }: TransferResponse['bank']): string =>
  mask ? `${name} ••••\u00a0${mask}` : name

function returnDescription(
  { direction, returnCode: code, settledAt, bank }: TransferInput,
  text: TransferText
): string {
  const reason = code
    ? text(RETURN_REASONS[code] ?? 'with the code {code}', { code })
    : text('and Jiko does not say why')
  const effect = settledAt
    ? '{bank} sent it back {reason}. The amount was taken out of your account here again.'
    : '{bank} sent it back {reason}. Your Jiko balance did not change.'
  return text(
    direction === 'out'
      ? '{bank} sent the money back {reason}. It is in your account here again.'
      : effect,
    { bank: bank.name, reason }
  )
}

/** Why Jiko refused it, if known. */
const REFUSALS: Record<string, Key> = {
  ACCOUNT_FROZEN:
    'Jiko did not accept this transfer because your account is on hold. No money was moved.',
  ACCOUNT_CLOSED:
    'Jiko did not accept this transfer because your account is closed. No money was moved.',
  ACCOUNT_NOT_OPEN:
    'Jiko did not accept this transfer because your account is not open. No money was moved.',
  INSUFFICIENT_FUNDS:
    'Jiko did not accept this transfer because there is not enough money in your account. No money was moved.',
  BANK_NOT_VERIFIED:
    'Jiko did not accept this transfer because the other account is no longer verified. No money was moved.'
}
const REFUSED_WITHOUT_REASON =
  'Jiko did not accept this transfer and gave no reason. No money was moved.'

/** The states in which no sum reached its account, by direction; some time may have passed since. */
const FAILURES = {
  rejected: {
    in: 'Jiko declined it and does not say why. Nothing was added to your account.',
    out: 'Jiko declined it and does not say why. The money is in your account again.'
  },
  canceled: {
    in: 'Jiko cancelled it. Nothing was added to your account.',
    out: 'Jiko cancelled it. The money is in your account again.'
  }
} as const

/** Labels and tones of the states; a transfer that was declined after it settled was returned. */
const STATES: Record<TransferResponse['state'], { label: Key; tone: TransferTone }> = {
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
  text: TransferText,
  date: (on: string) => string
): TransferLabels {
  const state = stateOf(transfer)
  const { label, tone } = STATES[state]
  return { label: text(label), tone, description: descriptionOf(state, transfer, text, date) }
}

function descriptionOf(
  state: TransferResponse['state'],
  transfer: TransferInput,
  text: TransferText,
  date: (on: string) => string
): string {
  const { direction, bank, refusedFor, settlesOn } = transfer
  switch (state) {
    case 'draft':
    case 'replaced':
      return text('No money was moved.')
    case 'sending':
      return text(
        'We are checking that Jiko received it. This usually takes a few minutes, longer if Jiko is not answering. Please do not start it again.'
      )
    case 'submitted':
    case 'on_its_way':
      return text('Expected by {date}.', { date: date(settlesOn) })
    case 'settled':
      return direction === 'in'
        ? text('The money is in your account.')
        : text('The money has arrived at {bank}.', { bank: bank.name })
    case 'returned':
      return returnDescription(transfer, text)
    case 'rejected':
    case 'canceled':
      return text(FAILURES[state][direction])
    case 'refused':
      return text(REFUSALS[refusedFor ?? ''] ?? REFUSED_WITHOUT_REASON)
    case 'not_sent':
      return text('It never reached Jiko. No money was moved. Start again if you still want it.')
  }
}
