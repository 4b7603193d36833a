import type { ConnectionResponse } from '@/lib/api/responses'
import { PERMANENT_INSTITUTION_ERRORS } from '@/lib/domain/connections/connection'
import { formatDate } from '@/lib/domain/dates'

/** A word, what happened, and what there is to do about it; by when, where there is a day. */
export type ConnectionStatusText = {
  tone: 'good' | 'info' | 'warn' | 'bad'
  label: string
  detail: string | null
  todo: string | null
}

type ProblemText = Pick<ConnectionStatusText, 'tone' | 'label' | 'todo'> & { detail: string }

const PROBLEM_TEXTS: Record<string, ProblemText> = {
  bad: {
    tone: 'bad',
    label: 'Sign-in needed',
    detail: 'Your bank wants you to sign in again. Until then we show what we last saw.',
    todo: 'Sign in again to bring it up to date.'
  },
  error: {
    tone: 'warn',
    label: 'Bank not answering',
    detail: 'The bank or Plaid has trouble. We keep trying.',
    todo: 'There is nothing you need to do.'
  },
  ours: {
    tone: 'bad',
    label: 'Problem on our side',
    detail:
      'We cannot open our access to this bank right now. What we read before is still here, and nothing is lost.',
    todo: 'There is nothing you need to do. We go on as soon as it is corrected.'
  },
  unserved: {
    tone: 'warn',
    label: 'Not served any more',
    detail: 'Plaid cannot read this bank any more. What we read before is still here.',
    todo: 'There is nothing to wait for: leave it as it is, or disconnect it.'
  },
  pending_expiration: {
    tone: 'warn',
    label: 'Access ends soon',
    detail: 'It still works, but your consent runs out.',
    todo: 'Sign in again'
  },
  pending_disconnect: {
    tone: 'warn',
    label: 'Access ends soon',
    detail: 'It still works, but your bank changes how it is reached.',
    todo: 'Sign in again'
  },
  revoked: {
    tone: 'bad',
    label: 'Access withdrawn',
    detail: 'Access was withdrawn at the bank or at Plaid. What we read before is still here.',
    todo: 'Sign in again to give it back, or disconnect the bank.'
  },
  gone: {
    tone: 'bad',
    label: 'Access ended',
    detail: 'Plaid does not know this connection any more. What we read before is still here.',
    todo: 'Link the bank again: it takes the place of this one.'
  }
}

const ITEM_ERROR_STEPS: Record<string, string> = {
  ITEM_LOCKED:
    'Your bank has locked this login. Unlock it with the bank first, then sign in again here.',
  PASSWORD_RESET_REQUIRED:
    'Your bank wants a new password. Set it with the bank first, then sign in again here.',
  USER_SETUP_REQUIRED:
    'Your bank waits for something only you can do there, such as new terms. Do it at the bank, then sign in again here.',
  NO_ACCOUNTS: 'None of the accounts you shared is there any more. Sign in again and choose others.'
}

type StatusInput = Pick<
  ConnectionResponse,
  'status' | 'sync' | 'history' | 'errorCode' | 'endsAt' | 'leaving' | 'acts'
>

/** What a person needs to know about a connection. */
export function connectionStatus(
  connection: StatusInput,
  formatOn = formatDate
): ConnectionStatusText {
  const { sync, history, leaving } = connection
  if (leaving)
    return {
      tone: 'info',
      label: 'Disconnecting',
      detail:
        'Nothing is read from it any more. We wait for Plaid to confirm the end of its access.',
      todo: null
    }
  const problem = findProblem(connection, formatOn)
  if (problem)
    return {
      tone: problem.tone,
      label: problem.label,
      detail: problem.detail,
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

function findProblem(
  { sync, status, errorCode, endsAt, acts }: StatusInput,
  formatOn: (date: string) => string
): ProblemText | undefined {
  const isGone = status === 'revoked' && !acts.includes('relink')
  const isUnserved = status === 'error' && PERMANENT_INSTITUTION_ERRORS.includes(errorCode ?? '')
  const problem =
    PROBLEM_TEXTS[
      isDecryptionFailure(sync) ? 'ours' : isGone ? 'gone' : isUnserved ? 'unserved' : status
    ]
  if (!problem) return undefined
  if (status === 'bad' && errorCode && ITEM_ERROR_STEPS[errorCode])
    return { ...problem, todo: ITEM_ERROR_STEPS[errorCode] }
  if (status.startsWith('pending_'))
    return {
      ...problem,
      todo: endsAt
        ? `${problem.todo} before ${formatOn(endsAt.slice(0, 10))}.`
        : `${problem.todo} within the next days.`
    }
  return problem
}

/** The key that its access was sealed with is not among ours. */
const isDecryptionFailure = (sync: ConnectionResponse['sync']): boolean =>
  sync?.code === 'SEAL_BROKEN'

/** Whether someone should be told on the dashboard. */
export const needsAttention = ({
  status,
  sync,
  leaving
}: Pick<ConnectionResponse, 'status' | 'sync' | 'leaving'>): boolean =>
  (status in PROBLEM_TEXTS || isDecryptionFailure(sync)) && !leaving

/** Products of Plaid's in the person's words. */
const PRODUCT_LABELS: Record<string, string> = {
  auth: 'account numbers',
  identity: 'the names on your accounts',
  investments: 'investments',
  liabilities: 'loans and cards in detail',
  transactions: 'transactions'
}
export const productLabels = (products: readonly string[]): string =>
  new Intl.ListFormat('en', { type: 'conjunction' }).format(
    products.map((product) => PRODUCT_LABELS[product] ?? product.replaceAll('_', ' '))
  )
