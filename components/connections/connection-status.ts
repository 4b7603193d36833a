import type { ConnectionResponse } from '@/lib/api/responses'
import { PERMANENT_INSTITUTION_ERRORS } from '@/lib/domain/connections/connection'
import { formatDate } from '@/lib/domain/dates'

/** A word, what happened, and what there is to do about it; by when, where there is a day. */
export type ConnectionState = {
  tone: 'good' | 'info' | 'warn' | 'bad'
  label: string
  detail: string | null
  todo: string | null
}

type Words = Pick<ConnectionState, 'tone' | 'label' | 'todo'> & { happened: string }

const PROBLEMS: Record<string, Words> = {
  bad: {
    tone: 'bad',
    label: 'Sign-in needed',
    happened: 'Your bank wants you to sign in again. Until then we show what we last saw.',
    todo: 'Sign in again to bring it up to date.'
  },
  error: {
    tone: 'warn',
    label: 'Bank not answering',
    happened: 'The bank or Plaid has trouble. We keep trying.',
    todo: 'There is nothing you need to do.'
  },
  ours: {
    tone: 'bad',
    label: 'Problem on our side',
    happened:
      'We cannot open our access to this bank right now. What we read before is still here, and nothing is lost.',
    todo: 'There is nothing you need to do. We go on as soon as it is corrected.'
  },
  unserved: {
    tone: 'warn',
    label: 'Not served any more',
    happened: 'Plaid cannot read this bank any more. What we read before is still here.',
    todo: 'There is nothing to wait for: leave it as it is, or disconnect it.'
  },
  pending_expiration: {
    tone: 'warn',
    label: 'Access ends soon',
    happened: 'It still works, but your consent runs out.',
    todo: 'Sign in again'
  },
  pending_disconnect: {
    tone: 'warn',
    label: 'Access ends soon',
    happened: 'It still works, but your bank changes how it is reached.',
    todo: 'Sign in again'
  },
  revoked: {
    tone: 'bad',
    label: 'Access withdrawn',
    happened: 'Access was withdrawn at the bank or at Plaid. What we read before is still here.',
    todo: 'Sign in again to give it back, or disconnect the bank.'
  },
  gone: {
    tone: 'bad',
    label: 'Access ended',
    happened: 'Plaid does not know this connection any more. What we read before is still here.',
    todo: 'Link the bank again: it takes the place of this one.'
  }
}

const LOCKED: Record<string, string> = {
  ITEM_LOCKED:
    'Your bank has locked this login. Unlock it with the bank first, then sign in again here.',
  PASSWORD_RESET_REQUIRED:
    'Your bank wants a new password. Set it with the bank first, then sign in again here.',
  USER_SETUP_REQUIRED:
    'Your bank waits for something only you can do there, such as new terms. Do it at the bank, then sign in again here.',
  NO_ACCOUNTS: 'None of the accounts you shared is there any more. Sign in again and choose others.'
}

type Shown = Pick<
  ConnectionResponse,
  'status' | 'sync' | 'history' | 'errorCode' | 'endsAt' | 'leaving' | 'acts'
>

/** What a person needs to know about a connection. */
export function stateOf(connection: Shown, write = formatDate): ConnectionState {
  const { sync, history, leaving } = connection
  if (leaving)
    return {
      tone: 'info',
      label: 'Disconnecting',
      detail:
        'Nothing is read from it any more. We wait for Plaid to confirm the end of its access.',
      todo: null
    }
  const problem = problemOf(connection, write)
  if (problem)
    return {
      tone: problem.tone,
      label: problem.label,
      detail: problem.happened,
      todo: problem.todo
    }
  const notReady = history === 'NOT_READY' || sync?.code === 'PRODUCT_NOT_READY'
  if (sync?.status === 'in_progress' || (sync?.status === 'pending' && !sync.code))
    return { tone: 'info', label: 'Updating', detail: null, todo: null }
  if (sync?.status === 'pending' && !notReady)
    return {
      tone: 'info',
      label: 'Trying again soon',
      detail: 'The last update did not go through. We try again by ourselves.',
      todo: null
    }
  if (sync?.status === 'failed')
    return {
      tone: 'warn',
      label: 'Last update failed',
      detail: 'We could not read the newest transactions. We try again within six hours.',
      todo: 'You can also refresh it now.'
    }
  if (notReady)
    return {
      tone: 'info',
      label: 'Preparing',
      detail: 'The bank is still getting your transactions ready.',
      todo: null
    }
  return { tone: 'good', label: 'Up to date', detail: null, todo: null }
}

function problemOf(
  { sync, status, errorCode, endsAt, acts }: Shown,
  write: (date: string) => string
): Words | undefined {
  const gone = status === 'revoked' && !acts.includes('relink')
  const unserved = status === 'error' && PERMANENT_INSTITUTION_ERRORS.includes(errorCode ?? '')
  const words = PROBLEMS[isOurs(sync) ? 'ours' : gone ? 'gone' : unserved ? 'unserved' : status]
  if (!words) return undefined
  if (status === 'bad' && errorCode && LOCKED[errorCode])
    return { ...words, todo: LOCKED[errorCode] }
  if (status.startsWith('pending_'))
    return {
      ...words,
      todo: endsAt
        ? `${words.todo} before ${write(endsAt.slice(0, 10))}.`
        : `${words.todo} within the next days.`
    }
  return words
}

/** The key that its access was sealed with is not among ours. */
const isOurs = (sync: ConnectionResponse['sync']): boolean => sync?.code === 'SEAL_BROKEN'

/** Whether someone should be told on the dashboard. */
export const isTrouble = ({
  status,
  sync,
  leaving
}: Pick<ConnectionResponse, 'status' | 'sync' | 'leaving'>): boolean =>
  (status in PROBLEMS || isOurs(sync)) && !leaving

/** Products of Plaid's in the person's words. */
const PRODUCTS: Record<string, string> = {
  auth: 'account numbers',
  identity: 'the names on your accounts',
  investments: 'investments',
  liabilities: 'loans and cards in detail',
  transactions: 'transactions'
}
export const productWords = (products: readonly string[]): string =>
  new Intl.ListFormat('en', { type: 'conjunction' }).format(
    products.map((product) => PRODUCTS[product] ?? product.replaceAll('_', ' '))
  )
