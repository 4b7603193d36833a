/**
 * The rules of each kind of message: its text, where it leads, and what switches its e-mail. Texts
 * name no amount and no account number, because they are also mailed.
 */
import type { Message, MessageData, MessageKind } from '@/lib/domain/messages/message'
import type { EmailGroup } from '@/lib/domain/users/preferences'
import { brand } from '@/pangea.config'

export type MessageText = { title: string; text: string }
export type MessageLink = { href: string; label: string }

type MessageRule = {
  text: (data: MessageData) => MessageText
  /** Where the user acts, or sees more. */
  link?: MessageLink
  /** The switch of its e-mail; `always` for the safety of money and data. */
  email: 'always' | EmailGroup
  /** An attacker may have caused it: its e-mail offers to lock transfers. */
  canBeDisputed?: true
  /** How long its e-mail waits: what ends before then is not mailed. */
  emailAfterMs?: number
  /** Another e-mail about the same tells it (connection-email.ts). */
  isMailedElsewhere?: true
}

const MINUTE_MS = 60_000
const ONBOARDING = (label: string): MessageLink => ({ href: '/onboarding', label })

const bankName = ({ bank }: MessageData) => bank ?? 'another bank'
const transferName = ({ direction }: MessageData) => (direction === 'in' ? 'Deposit' : 'Withdrawal')

const RULES: Record<MessageKind, MessageRule> = {
  new_device: {
    text: ({ device }) => ({
      title: 'New sign-in',
      text: `Your login was used ${device ? `in ${device}` : 'in a browser'} that we haven’t seen before.`
    }),
    email: 'always',
    canBeDisputed: true
  },
  second_factor_removed: {
    text: () => ({
      title: 'Two-step verification is off',
      text: 'Signing in no longer asks for a second step. Turn it on again in Settings, Security.'
    }),
    email: 'always',
    canBeDisputed: true
  },
  email_changed: {
    text: () => ({
      title: 'Your e-mail address changed',
      text: `Mail from ${brand.name} now goes to the new address of your login.`
    }),
    email: 'always',
    canBeDisputed: true
  },
  counterparty_added: {
    text: (data) => ({
      title: 'Bank account added for transfers',
      text: `An account at ${bankName(data)} was linked. Money can be moved between it and your Jiko account.`
    }),
    email: 'always',
    canBeDisputed: true
  },
  transfer_sent: {
    text: (data) => ({
      title: `${transferName(data)} confirmed`,
      text:
        data.direction === 'in'
          ? `A deposit from ${bankName(data)} was confirmed.`
          : `A withdrawal to ${bankName(data)} was confirmed.`
    }),
    email: 'always',
    canBeDisputed: true
  },
  transfer_returned: {
    text: (data) => ({
      title: `${transferName(data)} did not go through`,
      text: `${data.direction === 'in' ? 'A deposit from' : 'A withdrawal to'} ${bankName(data)} was sent back or declined. Your transfers show the reason.`
    }),
    link: { href: '/account', label: 'See your transfers' },
    email: 'always'
  },
  numbers_revealed: {
    text: () => ({
      title: 'Account numbers shown',
      text: 'The routing and account number of your Jiko account were shown in full.'
    }),
    email: 'always',
    canBeDisputed: true
  },
  data_exported: {
    text: ({ what }) => ({
      title: 'Data downloaded',
      text:
        what === 'transactions'
          ? 'A file with a large part of your transactions was downloaded.'
          : `A file with everything ${brand.name} stores about you was downloaded.`
    }),
    email: 'always',
    canBeDisputed: true
  },
  deletion_started: {
    text: ({ by }) => ({
      title: 'Deletion started',
      text:
        by === 'admin'
          ? `${brand.name} is removing your login and everything stored about you.`
          : 'Everything about your login is being deleted, as requested.'
    }),
    email: 'always',
    canBeDisputed: true
  },
  transfers_locked: {
    text: () => ({
      title: 'Transfers are locked',
      text: 'The link in one of our e-mails was used. No new transfers can start, and you are signed out everywhere. Change your password, then contact us to unlock transfers.'
    }),
    email: 'always'
  },
  transfers_unlocked: {
    text: () => ({
      title: 'Transfers are unlocked',
      text: 'We unlocked transfers of your Jiko account.'
    }),
    email: 'always'
  },
  application_approved: {
    text: () => ({
      title: 'Your application is approved',
      text: 'Jiko approved your application and is opening your account. You can add money as soon as it is open.'
    }),
    link: { href: '/account', label: 'Go to your account' },
    email: 'application'
  },
  application_refused: {
    text: () => ({
      title: 'Your application was declined',
      text: 'Jiko decided not to open an account for you. You can keep using everything else here.'
    }),
    link: ONBOARDING('Read more'),
    email: 'application'
  },
  documents_needed: {
    text: () => ({
      title: 'Jiko needs documents from you',
      text: 'Jiko decides about your application once it has them. You can send photos.'
    }),
    link: ONBOARDING('Send documents'),
    email: 'application'
  },
  ssn_needed: {
    text: () => ({
      title: 'Your application was not sent yet',
      text: 'Jiko did not receive it. Enter your Social Security number again to send it: we never store the number.'
    }),
    link: ONBOARDING('Send the application'),
    email: 'application',
    emailAfterMs: 15 * MINUTE_MS
  },
  draft_waiting: {
    text: () => ({
      title: 'Your application is saved',
      text: 'Continue where you stopped, on any device. Only a few minutes are left.'
    }),
    link: ONBOARDING('Continue'),
    email: 'application'
  },
  bank_sign_in: {
    text: (data) => ({
      title: `${data.bank ?? 'A bank'} needs you to sign in again`,
      text: `Sign in again, so that ${brand.name} can keep its accounts up to date.`
    }),
    link: { href: '/connections', label: 'Sign in again' },
    email: 'banks',
    isMailedElsewhere: true
  }
}

/** A kind of a newer version that runs beside this one. */
const UNKNOWN: MessageRule = {
  text: () => ({
    title: 'Activity in your account',
    text: 'Something changed in your account.'
  }),
  email: 'always'
}

const ruleOf = (kind: MessageKind): MessageRule => (kind in RULES ? RULES[kind] : UNKNOWN)

/** Title and text of a message. */
export const messageText = ({ kind, data }: Pick<Message, 'kind' | 'data'>): MessageText =>
  ruleOf(kind).text(data)

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
