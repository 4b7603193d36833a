/** Faults during a transaction sync. */
import { z } from 'zod'
import type { BankLogin } from '@/tests/model/simulation/vendor-model'

export type SyncFaults = ReturnType<typeof createSyncFaults>

const SYNC = '/transactions/sync'
const Request = z.object({ cursor: z.string().optional() })
const Answer = z.object({ next_cursor: z.string() })

const REFUSED = {
  error_type: 'INVALID_REQUEST',
  error_code: 'INVALID_FIELD',
  error_message: 'cursor not associated with access_token',
  display_message: null,
  request_id: 'refused'
}

export function createSyncFaults(login: BankLogin) {
  const hooks = login.hooks()
  const issued = new Set<string>()
  const forgotten = new Set<string>()
  let planned: { page: number; change: () => void }[] = []

  hooks.beforeCall = (path) => {
    if (path !== SYNC) return
    const due = planned.filter(({ page }) => page === 0)
    planned = planned.flatMap(({ page, change }) => (page > 0 ? [{ page: page - 1, change }] : []))
    for (const { change } of due) change()
  }
  hooks.refuse = (path, body) => {
    const { cursor } = path === SYNC ? Request.parse(JSON.parse(body)) : { cursor: undefined }
    return cursor && forgotten.has(cursor) ? REFUSED : null
  }
  hooks.answered = async (path, response) => {
    if (path !== SYNC || !response.ok) return response
    const { next_cursor } = Answer.parse(await response.clone().json())
    issued.add(next_cursor)
    forgotten.delete(next_cursor)
    return response
  }
  return {
    /** Right before the nth page from now. */
    whilePaging(page: number, change: () => void): void {
      planned.push({ page, change })
    },
    /** Every cursor that Plaid issued for this Item is refused from now on. */
    forgetCursors(): void {
      for (const cursor of issued) forgotten.add(cursor)
    },
    end(): void {
      planned = []
    }
  }
}
