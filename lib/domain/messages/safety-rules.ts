/** The messages about the safety of money and data. Their e-mails cannot be switched off. */
import type { MessageKind } from '@/lib/domain/messages/message'
import { bankName, type MessageRule } from '@/lib/domain/messages/message-rule'

export const SAFETY_RULES = {
  new_device: {
    text: ({ device }, text) => ({
      title: text('New sign-in'),
      text: device
        ? text('Your login was used in {device} that we haven’t seen before.', { device })
        : text('Your login was used in a browser that we haven’t seen before.')
    }),
    email: 'always',
    canBeDisputed: true
  },
  second_factor_removed: {
    text: (_, text) => ({
      title: text('Two-step verification is off'),
      text: text(
        'Signing in no longer asks for a second step. Turn it on again in Settings, Security.'
      )
    }),
    email: 'always',
    canBeDisputed: true
  },
  email_changed: {
    text: (_, text) => ({
      title: text('Your e-mail address changed'),
      text: text('Mail from {brand} now goes to the new address of your login.')
    }),
    email: 'always',
    canBeDisputed: true
  },
  counterparty_added: {
    text: (data, text) => ({
      title: text('Bank account added for transfers'),
      text: text(
        'An account at {bank} was linked. Money can be moved between it and your Jiko account.',
        { bank: bankName(data, text) }
      )
    }),
    email: 'always',
    canBeDisputed: true
  },
  transfer_sent: {
    text: (data, text) => ({
      title: data.direction === 'in' ? text('Deposit confirmed') : text('Withdrawal confirmed'),
      text:
        data.direction === 'in'
          ? text('A deposit from {bank} was confirmed.', { bank: bankName(data, text) })
          : text('A withdrawal to {bank} was confirmed.', { bank: bankName(data, text) })
    }),
    email: 'always',
    canBeDisputed: true
  },
  transfer_returned: {
    text: (data, text) => ({
      title:
        data.direction === 'in'
          ? text('Deposit did not go through')
          : text('Withdrawal did not go through'),
      text:
        data.direction === 'in'
          ? text(
              'A deposit from {bank} was sent back or declined. Your transfers show the reason.',
              { bank: bankName(data, text) }
            )
          : text(
              'A withdrawal to {bank} was sent back or declined. Your transfers show the reason.',
              { bank: bankName(data, text) }
            )
    }),
    link: { href: '/account', label: 'See your transfers' },
    email: 'always'
  },
  numbers_revealed: {
    text: (_, text) => ({
      title: text('Account numbers shown'),
      text: text('The routing and account number of your Jiko account were shown in full.')
    }),
    email: 'always',
    canBeDisputed: true
  },
  data_exported: {
    text: ({ what }, text) => ({
      title: text('Data downloaded'),
      text:
        what === 'transactions'
          ? text('A file with a large part of your transactions was downloaded.')
          : text('A file with everything {brand} stores about you was downloaded.')
    }),
    email: 'always',
    canBeDisputed: true
  },
  deletion_started: {
    text: ({ by }, text) => ({
      title: text('Deletion started'),
      text:
        by === 'admin'
          ? text('{brand} is removing your login and everything stored about you.')
          : text('Everything about your login is being deleted, as requested.')
    }),
    email: 'always',
    canBeDisputed: true
  },
  transfers_locked: {
    text: (_, text) => ({
      title: text('Transfers are locked'),
      text: text(
        'The link in one of our e-mails was used. No new transfers can start, and you are signed out everywhere. Change your password, then contact us to unlock transfers.'
      )
    }),
    email: 'always'
  },
  transfers_unlocked: {
    text: (_, text) => ({
      title: text('Transfers are unlocked'),
      text: text('We unlocked transfers of your Jiko account.')
    }),
    email: 'always'
  }
} as const satisfies Partial<Record<MessageKind, MessageRule>>
