/** What a user is told, in the inbox and by e-mail. */

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
  'transfers_unlocked',
  'application_approved',
  'application_refused',
  'documents_needed',
  'ssn_needed',
  'draft_waiting',
  'bank_sign_in',
  'deposit_arrived',
  'large_payment',
  'low_balance',
  'bill_due',
  'weekly_summary'
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
  /** Shown beside the text, in the inbox only. */
  amounts?: MessageAmount[]
}

/** `name` is the payee or the account, instead of the label. */
export type MessageAmount = {
  label: 'amount' | 'available' | 'minimum' | 'in' | 'out'
  name?: string | null
  minor: string
  currency: string
}

export type Message = {
  id: string
  kind: MessageKind
  data: MessageData
  readAt: string | null
  /** When what it was about ended: there is nothing left to do. */
  overAt: string | null
  createdAt: string
}
