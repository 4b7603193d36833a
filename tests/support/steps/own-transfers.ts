import type { SyncedTransaction } from '@/lib/domain/connections/sync-page'
import type { UserActor } from '@/lib/domain/users/actor'
import {
  account,
  connect,
  listAll,
  newUser,
  page,
  result,
  sync,
  transaction,
  usd
} from '@/tests/support/fixtures/data'
import type { TestStorage } from '@/tests/support/storage'

export type Household = { user: UserActor; connectionId: string; ids: Map<string, string> }

/** A household with several accounts and the rows of transfers between them. */
export function ownTransferHelpers(storage: () => TestStorage) {
  const ACCOUNTS = [
    account('checking', { name: 'Everyday', mask: '1111' }),
    account('savings', { name: 'Rainy Day', mask: '2222', subtype: 'savings' }),
    account('card', { name: 'Rewards Card', mask: '3333', type: 'credit', subtype: 'credit card' })
  ]
  const plain = { categoryPrimary: null, categoryDetailed: null, merchantName: null }
  const row = (
    id: string,
    plaidAccountId: string,
    minor: bigint,
    more: Partial<SyncedTransaction> = {}
  ) =>
    transaction(id, {
      ...plain,
      plaidAccountId,
      amount: usd(minor),
      date: '2026-03-05',
      name: id,
      ...more
    })
  async function householdWith(rows: SyncedTransaction[]): Promise<Household> {
    const user = await newUser()
    const connectionId = await connect(user, { accounts: ACCOUNTS })
    await sync(storage(), connectionId, [page({ added: rows })], result({ accounts: ACCOUNTS }))
    const ids = new Map((await listAll(user, {}, 200)).map(({ name, id }) => [name, id]))
    return { user, connectionId, ids }
  }
  return { ACCOUNTS, plain, row, householdWith }
}
