import { randomUUID } from 'node:crypto'
import type { TransactionEdit } from '@/lib/domain/transactions/edits'
import type { UserActor } from '@/lib/domain/users/actor'
import * as DataService from '@/lib/services/data'
import { connect, newUser, page, sync, type transaction } from '@/tests/support/fixtures/data'
import type { TestStorage } from '@/tests/support/storage'

/** Stores transactions of a new user, lists and edits them. */
export function editHelpers(storage: () => TestStorage) {
  async function withRows(...rows: ReturnType<typeof transaction>[]) {
    const user = await newUser()
    const connectionId = await connect(user)
    await sync(storage(), connectionId, [page({ added: rows })])
    return { user, connectionId }
  }
  const list = async (user: UserActor) =>
    (await DataService.listTransactions(user, { limit: 200 })).items
  const idOf = async (user: UserActor, name: string) =>
    (await list(user)).find((row) => row.name === name)?.id ?? ''
  const edit = (
    user: UserActor,
    ids: string[],
    change: TransactionEdit,
    changeId: string = randomUUID()
  ) => DataService.saveEdit(user, { ids }, { change, changeId })
  return { withRows, list, idOf, edit }
}
