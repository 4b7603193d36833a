import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import type { SyncPage } from '@/lib/domain/connections/sync-page'
import { readChanges, type SyncEnd } from '@/lib/services/plaid/sync'
import {
  ACCESS_TOKEN,
  integrationErrorOf,
  plaidError,
  type Script,
  type ScriptedResponse,
  startScriptedPlaid
} from '@/tests/support/plaid/scripted-plaid'

let plaid: Awaited<ReturnType<typeof startScriptedPlaid>>
beforeAll(async () => {
  plaid = await startScriptedPlaid()
})
afterAll(() => plaid.close())
beforeEach(() => {
  // No delay between retries.
  vi.spyOn(Math, 'random').mockReturnValue(0)
})

const transaction = (transaction_id: string) => ({
  transaction_id,
  account_id: 'a1',
  amount: 1,
  iso_currency_code: 'USD',
  date: '2026-03-08',
  pending: false
})
const page = (
  ids: string[],
  next_cursor: string,
  has_more: boolean,
  more: Record<string, unknown> = {}
): ScriptedResponse => ({
  body: {
    accounts: [],
    added: ids.map(transaction),
    modified: [],
    removed: [],
    next_cursor,
    has_more,
    transactions_update_status: 'HISTORICAL_UPDATE_COMPLETE',
    request_id: 'req-1',
    ...more
  }
})
const mutation = plaidError('TRANSACTIONS_ERROR', 'TRANSACTIONS_SYNC_MUTATION_DURING_PAGINATION')

/** Accepts every page, and records them. */
async function run(
  script: Script,
  cursor: string | null = null,
  onPage: (page: SyncPage, n: number) => Promise<void> = async () => undefined
) {
  plaid.answer(script)
  const diary: string[] = []
  const take = async (): Promise<SyncEnd> => {
    for await (const { n, page: got, restarted, end } of readChanges(
      { userId: 'u1', connectionId: 'c1' },
      ACCESS_TOKEN,
      cursor
    )) {
      if (restarted) diary.push('restart')
      diary.push(`${n}: ${got.added.map((t) => t.plaidTransactionId).join(' ')}`)
      await onPage(got, n)
      if (end) return end
    }
    throw new Error('no last page')
  }
  return { diary, done: take() }
}
const cursors = () => plaid.asked.map(({ body }) => body.cursor)

describe('transaction sync', () => {
  it('reads to the end in pages of 500, without a cursor at first', async () => {
    const { diary, done } = await run(
      (_, nth) =>
        [page(['t1'], 'c1', true), page(['t2'], 'c2', true), page(['t3'], 'c3', false)][nth - 1] ??
        'cut'
    )
    expect(await done).toMatchObject({ nextCursor: 'c3', history: 'HISTORICAL_UPDATE_COMPLETE' })
    expect(diary).toEqual(['0: t1', '1: t2', '2: t3'])
    expect(plaid.asked.map(({ body }) => body)).toEqual([
      { access_token: ACCESS_TOKEN, count: 500 },
      { access_token: ACCESS_TOKEN, count: 500, cursor: 'c1' },
      { access_token: ACCESS_TOKEN, count: 500, cursor: 'c2' }
    ])
  })

  it('continues from the given cursor', async () => {
    const { done } = await run(() => page([], 'c9', false), 'c8')
    expect((await done).nextCursor).toBe('c9')
    expect(cursors()).toEqual(['c8'])
  })

  it('yields one page before it requests the next', async () => {
    const asked: number[] = []
    const { done } = await run(
      (_, nth) => page([], `c${nth}`, nth < 3),
      null,
      async () => {
        asked.push(plaid.asked.length)
      }
    )
    await done
    expect(asked).toEqual([1, 2, 3])
  })

  it('restarts from its first cursor when the data changes during pagination, and discards the earlier pages', async () => {
    const answers = [
      page(['t1'], 'c1', true),
      mutation,
      page(['t1b'], 'd1', true),
      page(['t2'], 'd2', false)
    ]
    const { diary, done } = await run((_, nth) => answers[nth - 1] ?? 'cut', 'start')
    expect((await done).nextCursor).toBe('d2')
    expect(diary).toEqual(['0: t1', 'restart', '0: t1b', '1: t2'])
    expect(cursors()).toEqual(['start', 'c1', 'start', 'd1'])
  })

  it('gives up after five restarts, with a retryable error', async () => {
    const { diary, done } = await run((_, nth) =>
      nth % 2 === 1 ? page(['t1'], 'c1', true) : mutation
    )
    expect(await integrationErrorOf(done)).toMatchObject({
      code: 'TRANSACTIONS_SYNC_MUTATION_DURING_PAGINATION',
      retryable: true,
      outage: false
    })
    expect(diary.filter((line) => line === 'restart')).toHaveLength(5)
    expect(plaid.asked).toHaveLength(12)
  })

  it.each([
    ['an empty cursor', page([], '', false, { transactions_update_status: 'NOT_READY' })],
    ['an empty cursor alone', page([], '', false)],
    ['a word alone', page([], 'c1', false, { transactions_update_status: 'NOT_READY' })]
  ])('keeps no cursor while Plaid has no data yet, reported by %s', async (_, answer) => {
    const { done } = await run(() => answer)
    expect(await done).toMatchObject({ nextCursor: null })
  })

  it('keeps its position when a late response has no cursor', async () => {
    const { done } = await run(() => page([], '', false), 'c8')
    expect((await done).nextCursor).toBe('c8')
  })

  it('keeps an unknown history status', async () => {
    const { done } = await run(() =>
      page([], 'c1', false, { transactions_update_status: 'HALF_DONE' })
    )
    expect((await done).history).toBe('HALF_DONE')
  })

  it('requests the same page again after a Plaid error', async () => {
    const answers: ScriptedResponse[] = [
      page(['t1'], 'c1', true),
      plaidError('API_ERROR', 'INTERNAL_SERVER_ERROR', 500),
      'cut',
      page(['t2'], 'c2', false)
    ]
    const { diary, done } = await run((_, nth) => answers[nth - 1] ?? 'cut')
    await done
    expect(diary).toEqual(['0: t1', '1: t2'])
    expect(cursors()).toEqual([undefined, 'c1', 'c1', 'c1'])
  })

  it('stops at a permanent error', async () => {
    const { diary, done } = await run((_, nth) =>
      nth === 1 ? page(['t1'], 'c1', true) : plaidError('ITEM_ERROR', 'ITEM_LOGIN_REQUIRED')
    )
    expect(await integrationErrorOf(done)).toMatchObject({
      code: 'ITEM_LOGIN_REQUIRED',
      retryable: false
    })
    expect(diary).toEqual(['0: t1'])
  })

  it.each([
    ['the same cursor again', 'c1'],
    ['no cursor', '']
  ])('does not read forever when there is more but %s', async (_, next) => {
    const { done } = await run(() => page([], next, true), 'c1')
    expect(await integrationErrorOf(done)).toMatchObject({ code: 'BAD_RESPONSE', retryable: true })
  })

  it('refuses a response without a cursor', async () => {
    const { diary, done } = await run(() => page(['t1'], 'c1', false, { next_cursor: undefined }))
    expect(await integrationErrorOf(done)).toMatchObject({ code: 'BAD_RESPONSE', retryable: false })
    expect(diary).toEqual([])
  })

  it('passes the consumer’s error through unchanged', async () => {
    const full = new Error('no room')
    const { done } = await run(
      () => page(['t1'], 'c1', true),
      null,
      async () => {
        throw full
      }
    )
    await expect(done).rejects.toBe(full)
    expect(plaid.asked).toHaveLength(1)
  })
})
