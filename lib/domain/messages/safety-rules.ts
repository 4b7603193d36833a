/** The messages about the safety of money and data. Their e-mails cannot be switched off. */
import type { MessageData, MessageKind } from '@/lib/domain/messages/message'
import { bankName, type MessageRule } from '@/lib/domain/messages/message-rule'
import { brand } from '@/pangea.config'

const transferName = ({ direction }: MessageData) => (direction === 'in' ? 'Deposit' : 'Withdrawal')

export const SAFETY_RULES = {
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
  }
} as const satisfies Partial<Record<MessageKind, MessageRule>>
