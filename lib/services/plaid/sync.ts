import 'server-only'
import type { HistoryStatus } from '@/lib/domain/connections/connection'
import type { SyncPage } from '@/lib/domain/connections/sync-page'
import { IntegrationError, isIntegrationError } from '@/lib/platform/errors'
import { type CallContext, callPlaid } from '@/lib/services/plaid/client'
import { parseSyncPage } from '@/lib/services/plaid/parse-rows'
import { type PlaidSyncResponse, SyncResponse } from '@/lib/services/plaid/wire'

const PAGE_SIZE = 500
const MAX_RESTARTS = 5
/** Shorter than the run's lease of a minute; each page renews the lease. */
const PAGE_DEADLINE_MS = 45_000
/** Plaid has no specific code for a rejected cursor. */
export const INVALID_CURSOR = 'INVALID_FIELD'
const MUTATION_DURING_PAGINATION = 'TRANSACTIONS_SYNC_MUTATION_DURING_PAGINATION'

export type SyncEnd = {
  /**
   * The cursor of the next sync; null while Plaid has no data, so that the next sync starts from
   * the beginning.
   */
  nextCursor: string | null
  history: HistoryStatus
}

export type PulledPage = {
  /** Page number, starting at 0. */
  n: number
  page: SyncPage
  /** The data changed during the read: this is the first page again, and earlier pages are void. */
  restarted: boolean
  /** Set on the last page. */
  end: SyncEnd | null
}

/**
 * Yields all changes since a cursor, page by page. If the data changes meanwhile, it restarts at
 * the cursor. If it throws, the yielded pages are void (contracts: Plaid §3). @throws
 * IntegrationError.
 */
export async function* readChanges(
  context: CallContext,
  accessToken: string,
  cursor: string | null
): AsyncGenerator<PulledPage> {
  for (let restarts = 0; ; restarts++) {
    try {
      yield* readAllPages(context, accessToken, cursor, { restarted: restarts > 0 })
      return
    } catch (thrown) {
      if (!isIntegrationError(thrown) || thrown.code !== MUTATION_DURING_PAGINATION) throw thrown
      const { type, requestId } = thrown
      // A later run may find stable data.
      if (restarts >= MAX_RESTARTS)
        throw new IntegrationError({
          service: 'plaid',
          code: MUTATION_DURING_PAGINATION,
          type,
          requestId,
          retryable: true
        })
    }
  }
}

async function* readAllPages(
  context: CallContext,
  accessToken: string,
  start: string | null,
  { restarted }: { restarted: boolean }
): AsyncGenerator<PulledPage> {
  for (let at = start, n = 0; ; n++) {
    const answer = await readPage(context, accessToken, at)
    const end = answer.has_more
      ? null
      : { nextCursor: resumableCursor(answer, start), history: answer.transactions_update_status }
    yield { n, page: parseSyncPage(answer), restarted: restarted && n === 0, end }
    if (end) return
    // A cursor that does not advance would loop forever.
    if (!answer.next_cursor || answer.next_cursor === at)
      throw new IntegrationError({ service: 'plaid', code: 'BAD_RESPONSE', retryable: true })
    at = answer.next_cursor
  }
}

function readPage(
  context: CallContext,
  accessToken: string,
  cursor: string | null
): Promise<PlaidSyncResponse> {
  const request = { access_token: accessToken, count: PAGE_SIZE, ...(cursor ? { cursor } : {}) }
  const about = {
    method: '/transactions/sync',
    retry: true,
    deadlineMs: PAGE_DEADLINE_MS,
    context,
    ...(cursor ? { expected: INVALID_CURSOR } : {})
  }
  return callPlaid(about, SyncResponse, (api, options) => api.transactionsSync(request, options))
}

/** An empty response before the data is ready has no cursor to resume from. */
function resumableCursor(answer: PlaidSyncResponse, start: string | null): string | null {
  const ready = answer.next_cursor !== '' && answer.transactions_update_status !== 'NOT_READY'
  return ready ? answer.next_cursor : start
}
