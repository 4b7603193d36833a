/** Messages about the safety of a user's money and data. They name no amount and no account. */
import { brand } from '@/pangea.config'

export const MESSAGE_KINDS = [
  'new_device',
  'second_factor_removed',
  'email_changed',
  'counterparty_added',
  'transfer_sent',
  'transfer_returned',
  'numbers_revealed',
  'data_exported',
  'deletion_started',
  'transfers_locked',
  'transfers_unlocked'
] as const
export type MessageKind = (typeof MESSAGE_KINDS)[number]

/** The data for the texts; each kind uses some of it. */
export type MessageData = {
  /** The bank's name, as its owner knows it. */
  bank?: string | null
  direction?: 'in' | 'out'
  /** Such as "Firefox on Windows". */
  device?: string | null
  what?: 'everything' | 'transactions'
  by?: 'user' | 'admin'
}

export type Message = {
  id: string
  kind: MessageKind
  data: MessageData
  readAt: string | null
  createdAt: string
}

/** Their e-mails offer to lock transfers: an attacker may have caused them. */
export const canBeDisputed = (kind: MessageKind): boolean =>
  !['transfer_returned', 'transfers_locked', 'transfers_unlocked'].includes(kind)

export type MessageText = { title: string; text: string }

const bankName = ({ bank }: MessageData) => bank ?? 'another bank'
const transferName = ({ direction }: MessageData) => (direction === 'in' ? 'Deposit' : 'Withdrawal')

const TEXTS: Record<MessageKind, (data: MessageData) => MessageText> = {
  new_device: ({ device }) => ({
    title: 'New sign-in',
    text: `Your login was used ${device ? `in ${device}` : 'in a browser'} that we haven’t seen before.`
  }),
  second_factor_removed: () => ({
    title: 'Two-step verification is off',
    text: 'Signing in no longer asks for a second step. Turn it on again in Settings, Security.'
  }),
  email_changed: () => ({
    title: 'Your e-mail address changed',
    text: `Mail from ${brand.name} now goes to the new address of your login.`
  }),
  counterparty_added: (data) => ({
    title: 'Bank account added for transfers',
    text: `An account at ${bankName(data)} was linked. Money can be moved between it and your Jiko account.`
  }),
  transfer_sent: (data) => ({
    title: `${transferName(data)} confirmed`,
    text:
      data.direction === 'in'
        ? `A deposit from ${bankName(data)} was confirmed.`
        : `A withdrawal to ${bankName(data)} was confirmed.`
  }),
  transfer_returned: (data) => ({
    title: `${transferName(data)} did not go through`,
    text: `${data.direction === 'in' ? 'A deposit from' : 'A withdrawal to'} ${bankName(data)} was sent back or declined. Your transfers show the reason.`
  }),
  numbers_revealed: () => ({
    title: 'Account numbers shown',
    text: 'The routing and account number of your Jiko account were shown in full.'
  }),
  data_exported: ({ what }) => ({
    title: 'Data downloaded',
    text:
      what === 'transactions'
        ? 'A file with a large part of your transactions was downloaded.'
        : `A file with everything ${brand.name} stores about you was downloaded.`
  }),
  deletion_started: ({ by }) => ({
    title: 'Deletion started',
    text:
      by === 'admin'
        ? `${brand.name} is removing your login and everything stored about you.`
        : 'Everything about your login is being deleted, as requested.'
  }),
  transfers_locked: () => ({
    title: 'Transfers are locked',
    text: 'The link in one of our e-mails was used. No new transfers can start, and you are signed out everywhere. Change your password, then contact us to unlock transfers.'
  }),
  transfers_unlocked: () => ({
    title: 'Transfers are unlocked',
    text: 'We unlocked transfers of your Jiko account.'
  })
}

const UNKNOWN: MessageText = {
  title: 'Activity in your account',
  text: 'Something changed in your account.'
}

/** Title and text of a message; a kind of a newer version gets a general text. */
export const messageText = ({ kind, data }: Pick<Message, 'kind' | 'data'>): MessageText =>
  kind in TEXTS ? TEXTS[kind](data) : UNKNOWN
