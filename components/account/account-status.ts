import type { TextKey } from '@/lib/domain/text/text'

type Key = TextKey<'account'>

/** Texts for Jiko's account status. An unknown status is never shown as open. */
export type AccountStatusText = {
  label: Key
  tone: 'good' | 'warn'
  notice: { title: Key; detail: Key } | null
}

const STATUS_TEXTS: Record<string, AccountStatusText> = {
  OPEN: { label: 'Open', tone: 'good', notice: null },
  PENDING: {
    label: 'Opening',
    tone: 'warn',
    notice: {
      title: 'Jiko is still opening your account',
      detail:
        'This usually takes a few minutes. You cannot receive money until it is open. This page updates by itself.'
    }
  },
  FROZEN: {
    label: 'On hold',
    tone: 'warn',
    notice: {
      title: 'Jiko has put your account on hold',
      detail:
        'You may not be able to add or withdraw money. Your money stays yours. Jiko will contact you and can tell you how to lift the hold.'
    }
  },
  CLOSED: {
    label: 'Closed',
    tone: 'warn',
    notice: {
      title: 'This account is closed',
      detail: 'Do not send money to it. Your statements stay available here.'
    }
  }
}

const UNKNOWN_STATUS: AccountStatusText = {
  label: 'Contact Jiko',
  tone: 'warn',
  notice: {
    title: 'Jiko has changed the status of your account',
    detail: 'We do not recognize the new status yet. Contact Jiko before you send money to it.'
  }
}

export const accountStatusText = (status: string): AccountStatusText =>
  STATUS_TEXTS[status] ?? UNKNOWN_STATUS

/** Whether the account can receive deposits. */
export const acceptsDeposits = (status: string): boolean => status === 'OPEN'
