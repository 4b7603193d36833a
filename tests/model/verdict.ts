/** Whether a history ended as it must. */
import { expect } from 'vitest'
import type { VendorModel } from '@/tests/support/vendor-model'
import { play } from './play'
import { expectedAccounts, expectedRows, settlements } from './reference'
import type { History } from './steps'

/** Plays the history and compares everything with the vendor's ledger. */
export async function mustAgree(world: VendorModel, history: History): Promise<void> {
  const outcome = await play(world, history)
  const { login, ids, rowIds } = outcome
  try {
    const { plaid } = login
    const item = plaid.items.all()[0]
    if (!item) throw new Error('the vendor has no Item')
    expect(outcome.status).toBe('good')
    expect(outcome.rows).toEqual(expectedRows(plaid, item))
    expect(outcome.accounts).toEqual(expectedAccounts(plaid, item))
    expect(outcome.leftOver, 'work left over').toBe(0)
    for (const [pendingId, id] of settlements(plaid, item)) {
      const before = ids.get(pendingId)
      if (before && rowIds.has(id)) expect(rowIds.get(id), `${id} settles ${pendingId}, whose row it must keep`).toBe(before)
    }
  } finally {
    await login.close()
  }
}
