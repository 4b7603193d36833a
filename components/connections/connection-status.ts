import type { ConnectionResponse } from '@/lib/api/responses'
import { PERMANENT_INSTITUTION_ERRORS } from '@/lib/domain/connections/connection'
import { formatDate } from '@/lib/domain/dates'
import type { Text, TextKey } from '@/lib/domain/text/text'

/** Label, explanation and action of a problem, and its deadline if there is one. */
export type ConnectionStatusText = {
  tone: 'good' | 'info' | 'warn' | 'bad'
  label: string
  detail: string | null
  todo: string | null
  isUpdating: boolean
}

type Key = TextKey<'connections'>
type StatusKeys = {
  tone: ConnectionStatusText['tone']
  label: Key
  detail?: Key
  todo?: Key
  /** The deadline of the announced end is the action. */
  ends?: true
  isUpdating?: true
}

const PROBLEM_TEXTS: Record<string, StatusKeys> = {
  bad: {
    tone: 'bad',
    label: 'Sign-in needed',
    detail: 'Your bank needs you to sign in again. Until then, you see data from the last update.',
    todo: 'Sign in again to bring it up to date.'
  },
  error: {
    tone: 'warn',
    label: 'Bank not answering',
    detail: 'Your bank or Plaid has a problem. We keep trying.',
    todo: 'There is nothing you need to do.'
  },
  ours: {
    tone: 'bad',
    label: 'Problem on our side',
    detail: 'We can’t use our access to this bank right now. Your earlier data is still here.',
    todo: 'There is nothing you need to do. Updates resume once we fix it.'
  },
  unserved: {
    tone: 'warn',
    label: 'No longer supported',
    detail: 'Plaid no longer supports this bank. Your earlier data is still here.',
    todo: 'Keep this connection, or disconnect it.'
  },
  pending_expiration: {
    tone: 'warn',
    label: 'Access ends soon',
    detail: 'The connection still works, but your consent expires soon.',
    ends: true
  },
  pending_disconnect: {
    tone: 'warn',
    label: 'Access ends soon',
    detail: 'The connection still works, but your bank is changing how apps connect to it.',
    ends: true
  },
  revoked: {
    tone: 'bad',
    label: 'Access withdrawn',
    detail: 'Access was withdrawn at the bank or at Plaid. Your earlier data is still here.',
    todo: 'Sign in again to restore access, or disconnect the bank.'
  },
  gone: {
    tone: 'bad',
    label: 'Access ended',
    detail: 'Plaid no longer has this connection. Your earlier data is still here.',
    todo: 'Link the bank again to replace this connection.'
  }
}

const ITEM_ERROR_STEPS: Record<string, Key> = {
  ITEM_LOCKED:
    'Your bank has locked this login. Unlock it with the bank first, then sign in again here.',
  PASSWORD_RESET_REQUIRED:
    'Your bank requires a new password. Set it with the bank first, then sign in again here.',
  USER_SETUP_REQUIRED:
    'Your bank needs something from you first, such as accepting new terms. Sign in at the bank to do it, then sign in again here.',
  NO_ACCOUNTS:
    'The accounts you shared no longer exist at the bank. Sign in again and choose others.'
}

const STATES = {
  leaving: {
    tone: 'info',
    label: 'Disconnecting',
    detail:
      'We no longer read data from this bank. We are waiting for Plaid to confirm that access has ended.'
  },
  updating: { tone: 'info', label: 'Updating', isUpdating: true },
  retrying: {
    tone: 'info',
    label: 'Trying again soon',
    detail: 'The last update failed. We will try again automatically.'
  },
  failed: {
    tone: 'warn',
    label: 'Last update failed',
    detail: 'We could not read the newest transactions. We try again within six hours.',
    todo: 'You can also refresh it now.'
  },
  preparing: {
    tone: 'info',
    label: 'Preparing',
    detail: 'Your bank is still preparing your transactions.'
  },
  good: { tone: 'good', label: 'Up to date' }
} satisfies Record<string, StatusKeys>

type StatusInput = Pick<
  ConnectionResponse,
  'status' | 'sync' | 'history' | 'errorCode' | 'endsAt' | 'leaving' | 'acts'
>

/** Status texts of one connection. */
export function connectionStatus(
  connection: StatusInput,
  text: Text<'connections'>,
  formatOn = formatDate
): ConnectionStatusText {
  const { tone, label, detail, todo, ends, isUpdating = false } = statusKeys(connection)
  return {
    tone,
    label: text(label),
    detail: detail ? text(detail) : null,
    todo: ends ? deadline(connection, text, formatOn) : todo ? text(todo) : null,
    isUpdating
  }
}

const deadline = (
  { endsAt }: StatusInput,
  text: Text<'connections'>,
  formatOn: (date: string) => string
): string =>
  endsAt
    ? text('Sign in again before {date}.', { date: formatOn(endsAt.slice(0, 10)) })
    : text('Sign in again within the next few days.')

function statusKeys(connection: StatusInput): StatusKeys {
  const { sync, history, leaving } = connection
  if (leaving) return STATES.leaving
  const problem = findProblem(connection)
  if (problem) return problem
  const notReady = history === 'NOT_READY' || sync?.code === 'PRODUCT_NOT_READY'
  if (sync?.status === 'in_progress' || (sync?.status === 'pending' && !sync.code))
    return STATES.updating
  if (sync?.status === 'pending' && !notReady) return STATES.retrying
  if (sync?.status === 'failed') return STATES.failed
  return notReady ? STATES.preparing : STATES.good
}

function findProblem({ sync, status, errorCode, acts }: StatusInput): StatusKeys | undefined {
  const isGone = status === 'revoked' && !acts.includes('relink')
  const isUnserved = status === 'error' && PERMANENT_INSTITUTION_ERRORS.includes(errorCode ?? '')
  const problem =
    PROBLEM_TEXTS[
      isDecryptionFailure(sync) ? 'ours' : isGone ? 'gone' : isUnserved ? 'unserved' : status
    ]
  const step = status === 'bad' && errorCode ? ITEM_ERROR_STEPS[errorCode] : undefined
  return problem && step ? { ...problem, todo: step } : problem
}

/** The key that its access token was encrypted with is missing. */
const isDecryptionFailure = (sync: ConnectionResponse['sync']): boolean =>
  sync?.code === 'SEAL_BROKEN'

/** Whether a sync waits or runs that its user is shown. */
export const isUpdating = (connection: StatusInput): boolean =>
  statusKeys(connection).isUpdating ?? false

/** Whether the dashboard shows an alert. */
export const needsAttention = ({
  status,
  sync,
  leaving
}: Pick<ConnectionResponse, 'status' | 'sync' | 'leaving'>): boolean =>
  (status in PROBLEM_TEXTS || isDecryptionFailure(sync)) && !leaving

/** Labels of Plaid's products. */
const PRODUCT_LABELS: Record<string, Key> = {
  auth: 'account numbers',
  identity: 'the names on your accounts',
  investments: 'investments',
  liabilities: 'details of your loans and cards',
  transactions: 'transactions'
}

export function productLabels(products: readonly string[], text: Text<'connections'>): string {
  const labels = products.map((product) => {
    const label = PRODUCT_LABELS[product]
    return label ? text(label) : product.replaceAll('_', ' ')
  })
  return new Intl.ListFormat(text.language, { type: 'conjunction' }).format(labels)
}
