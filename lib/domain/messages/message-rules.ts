/**
 * The rules of each kind of message: its text, where it leads, and what switches its e-mail. Texts
 * name no amount and no account number, because they are also mailed.
 */
import type {
  Message,
  MessageAmount,
  MessageData,
  MessageKind
} from '@/lib/domain/messages/message'
import {
  bankName,
  type MessageLink,
  type MessageRule,
  type MessageText
} from '@/lib/domain/messages/message-rule'
import { SAFETY_RULES } from '@/lib/domain/messages/safety-rules'
import type { Money } from '@/lib/domain/money/money'
import type { Text, TextKey } from '@/lib/domain/text/text'
import { readableName } from '@/lib/domain/transactions/readable-name'
import type { EmailGroup } from '@/lib/domain/users/preferences'

const MINUTE_MS = 60_000
const ONBOARDING = (label: TextKey<'messages'>): MessageLink => ({ href: '/onboarding', label })

const RULES: Record<MessageKind, MessageRule> = {
  ...SAFETY_RULES,
  application_approved: {
    text: (_, text) => ({
      title: text('Your application is approved'),
      text: text(
        'Jiko approved your application and is opening your account. You can add money as soon as it is open.'
      )
    }),
    link: { href: '/account', label: 'Go to your account' },
    email: 'application'
  },
  application_refused: {
    text: (_, text) => ({
      title: text('Your application was declined'),
      text: text(
        'Jiko decided not to open an account for you. You can keep using everything else here.'
      )
    }),
    link: ONBOARDING('Read more'),
    email: 'application'
  },
  documents_needed: {
    text: (_, text) => ({
      title: text('Jiko needs documents from you'),
      text: text('Jiko decides about your application once it has them. You can send photos.')
    }),
    link: ONBOARDING('Send documents'),
    email: 'application'
  },
  ssn_needed: {
    text: (_, text) => ({
      title: text('Your application was not sent yet'),
      text: text(
        'Jiko did not receive it. Enter your Social Security number again to send it: we never store the number.'
      )
    }),
    link: ONBOARDING('Send the application'),
    email: 'application',
    emailAfterMs: 15 * MINUTE_MS
  },
  draft_waiting: {
    text: (_, text) => ({
      title: text('Your application is saved'),
      text: text('Continue where you stopped, on any device. Only a few minutes are left.')
    }),
    link: ONBOARDING('Continue'),
    email: 'application'
  },
  bank_sign_in: {
    text: (data, text) => ({
      title: data.bank
        ? text('{bank} needs you to sign in again', { bank: data.bank })
        : text('A bank needs you to sign in again'),
      text: text('Sign in again, so that {brand} can keep its accounts up to date.')
    }),
    link: { href: '/connections', label: 'Sign in again' },
    email: 'banks',
    isMailedElsewhere: true
  },
  deposit_arrived: {
    text: (data, text) => ({
      title: text('Your deposit arrived'),
      text: text('Money from {bank} is in your Jiko account.', { bank: bankName(data, text) })
    }),
    link: { href: '/account', label: 'Go to your account' },
    email: 'deposits'
  },
  large_payment: {
    text: (data, text) => ({
      title: text('Large payment'),
      text: text(
        'A large amount left an account at {bank}. If you don’t recognize it, contact that bank.',
        { bank: bankName(data, text) }
      )
    }),
    link: { href: '/transactions', label: 'See your transactions' },
    email: 'balances'
  },
  low_balance: {
    text: (data, text) => ({
      title: text('Low balance'),
      text: text('An account at {bank} is running low.', { bank: bankName(data, text) })
    }),
    link: { href: '/connections', label: 'See your accounts' },
    email: 'balances'
  },
  bill_due: {
    text: (data, text) => ({
      title: text('Payment due soon'),
      text: text(
        'A payment to {bank} is due in the next days. If you paid it already, there is nothing to do.',
        { bank: bankName(data, text) }
      )
    }),
    link: { href: '/dashboard', label: 'See what is coming up' },
    email: 'bills'
  },
  weekly_summary: {
    text: (_, text) => ({
      title: text('Your week'),
      text: text('Your income and spending of last week at the banks you linked.')
    }),
    link: { href: '/transactions', label: 'See your transactions' },
    email: 'summary'
  }
}

/** A kind of a newer version that runs beside this one. */
const UNKNOWN: MessageRule = {
  text: (_, text) => ({
    title: text('Activity in your account'),
    text: text('Something changed in your account.')
  }),
  email: 'always'
}

const ruleOf = (kind: MessageKind): MessageRule => (kind in RULES ? RULES[kind] : UNKNOWN)

/** Title and text of a message. */
export const messageText = (
  { kind, data }: Pick<Message, 'kind' | 'data'>,
  text: Text<'messages'>
): MessageText => ruleOf(kind).text(data, text)

const AMOUNT_LABELS: Record<MessageAmount['label'], TextKey<'messages'>> = {
  amount: 'Amount',
  available: 'Available',
  minimum: 'Minimum payment',
  in: 'Money in',
  out: 'Money out'
}

/** The amounts that the inbox shows beside the text. */
export const messageAmounts = (
  { amounts = [] }: MessageData,
  text: Text<'messages'>
): { label: string; amount: Money }[] =>
  amounts.map(({ label, name, minor, currency }) => ({
    label: (name && readableName(name)) || text(AMOUNT_LABELS[label]),
    amount: { minor: BigInt(minor), currency }
  }))

/** Where a message leads; null once what it was about is over. */
export const messageLink = ({
  kind,
  overAt
}: Pick<Message, 'kind' | 'overAt'>): MessageLink | null =>
  overAt === null ? (ruleOf(kind).link ?? null) : null

export const canBeDisputed = (kind: MessageKind): boolean => ruleOf(kind).canBeDisputed === true
/** The switch of a kind's e-mail; null if it has none. */
export const emailGroupOf = (kind: MessageKind): EmailGroup | null => {
  const { email } = ruleOf(kind)
  return email === 'always' ? null : email
}
/** How long the e-mail of a kind waits; null if another e-mail tells it. */
export const emailDelayOf = (kind: MessageKind): number | null => {
  const { emailAfterMs = 0, isMailedElsewhere } = ruleOf(kind)
  return isMailedElsewhere ? null : emailAfterMs
}
