import 'server-only'
import type { HistoryStatus } from '../../domain/bank-connection'
import type { AccountSnapshot, SyncPage } from '../../domain/bank-data'
import { IntegrationError, isIntegrationError } from '../../platform/errors'
import { type CallContext, callPlaid } from './client'
import { readAccounts, toSyncPage } from './rows'
import { type PlaidSyncAnswer, SyncAnswer } from './wire'

const PAGE_SIZE = 500
const MAX_RESTARTS = 5
/** Below the minute for which a run is leased; each page renews the lease. */
const PAGE_DEADLINE_MS = 45_000
/** Plaid has no code of its own for a cursor it does not take. */
export const CURSOR_REFUSED = 'INVALID_FIELD'
const MUTATION = 'TRANSACTIONS_SYNC_MUTATION_DURING_PAGINATION'

export type Changes = {
  /** Where the next sync begins; null while Plaid has nothing yet, so that the next one begins at the start. */
  nextCursor: string | null
  history: HistoryStatus
  /** Only accounts that have transactions; `listAccounts` has all. */
  accounts: AccountSnapshot[]
}

export type OnPage = (page: SyncPage, n: number) => Promise<void>

/**
 * Reads everything that changed since a cursor, page by page in order (n from 0). When the data changes under the reading, `onRestart` is
 * called and all pages come again from the first cursor; the pages of a call that threw mean nothing (contracts: Plaid §3).
 * @throws IntegrationError; whatever `onPage` or `onRestart` throws.
 */
export async function changes(
  context: CallContext,
  accessToken: string,
  cursor: string | null,
  onPage: OnPage,
  onRestart: () => Promise<void>
): Promise<Changes> {
  for (let restarts = 0; ; restarts++) {
    try {
      return await readFrom(context, accessToken, cursor, onPage)
    } catch (thrown) {
      if (!isIntegrationError(thrown) || thrown.code !== MUTATION) throw thrown
      const { type, requestId } = thrown
      // A later run may well find the data at rest.
      if (restarts >= MAX_RESTARTS) throw new IntegrationError({ service: 'plaid', code: MUTATION, type, requestId, retryable: true })
      await onRestart()
    }
  }
}

async function readFrom(context: CallContext, accessToken: string, start: string | null, onPage: OnPage): Promise<Changes> {
  const accounts = new Map<string, AccountSnapshot>()
  for (let at = start, n = 0; ; n++) {
    const answer = await readPage(context, accessToken, at)
    for (const account of readAccounts(answer.accounts).accounts) accounts.set(account.plaidAccountId, account)
    await onPage(toSyncPage(answer), n)
    if (!answer.has_more) return { nextCursor: cursorAfter(answer, start), history: answer.transactions_update_status, accounts: [...accounts.values()] }
    // A cursor that stands still would be read for ever.
    if (!answer.next_cursor || answer.next_cursor === at) throw new IntegrationError({ service: 'plaid', code: 'BAD_RESPONSE', retryable: true })
    at = answer.next_cursor
  }
}

function readPage(context: CallContext, accessToken: string, cursor: string | null): Promise<PlaidSyncAnswer> {
  const request = { access_token: accessToken, count: PAGE_SIZE, ...(cursor ? { cursor } : {}) }
  const about = { method: '/transactions/sync', retry: true, deadlineMs: PAGE_DEADLINE_MS, context, ...(cursor ? { expected: CURSOR_REFUSED } : {}) }
  return callPlaid(about, SyncAnswer, (api, options) => api.transactionsSync(request, options))
}

/** An empty answer before the data is ready is not an end that a later sync could go on from. */
function cursorAfter(answer: PlaidSyncAnswer, start: string | null): string | null {
  const ready = answer.next_cursor !== '' && answer.transactions_update_status !== 'NOT_READY'
  return ready ? answer.next_cursor : start
}
