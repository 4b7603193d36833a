import 'server-only'
import { randomUUID } from 'node:crypto'
import type { Exact } from '@/lib/domain/exact'
import type { Split, TransactionEdit } from '@/lib/domain/transactions/edits'
import type { UserActor } from '@/lib/domain/users/actor'
import { RequestError } from '@/lib/platform/errors'
import * as DataService from '@/lib/services/data'

type EditInput = TransactionEdit & {
  splits?: Split[] | undefined
  ownTransfer?: boolean | undefined
}

/**
 * Edits one transaction: its columns, its splits and whether it is one side of a transfer between
 * own accounts.
 * @throws RequestError not_found, invalid (splits that do not add up), conflict.
 */
export async function editTransaction<E extends EditInput>(
  actor: UserActor,
  id: string,
  input: Exact<EditInput, E>
): Promise<void> {
  const { splits, ownTransfer, ...edit }: EditInput = input
  if (splits) await DataService.saveSplits(actor, id, splits)
  if (ownTransfer !== undefined) await DataService.savePairChoice(actor, id, ownTransfer)
  if (Object.values(edit).every((value) => value === undefined)) return
  const saved = await DataService.saveEdit(
    actor,
    { ids: [id] },
    { change: edit, changeId: randomUUID() }
  )
  if (saved === 0) throw new RequestError('not_found', 'There is no such transaction.')
}
