import 'server-only'
import { randomUUID } from 'node:crypto'
import type { Split, TransactionEdit } from '@/lib/domain/transactions/edits'
import type { UserActor } from '@/lib/domain/users/actor'
import { RequestError } from '@/lib/platform/errors'
import * as DataService from '@/lib/services/data'

type EditInput = TransactionEdit & {
  splits?: Split[] | undefined
  ownTransfer?: boolean | undefined
}

/**
 * Changes what the person says about one transaction, its parts and whether it is one side of a transfer included.
 * @throws RequestError not_found, invalid (parts that are not the whole), conflict.
 */
export async function editTransaction(
  actor: UserActor,
  id: string,
  { splits, ownTransfer, ...change }: EditInput
): Promise<void> {
  if (splits) await DataService.storeParts(actor, id, splits)
  if (ownTransfer !== undefined) await DataService.storePairChoice(actor, id, ownTransfer)
  if (Object.values(change).every((value) => value === undefined)) return
  if ((await DataService.storeEdit(actor, { ids: [id] }, { change, changeId: randomUUID() })) === 0)
    throw new RequestError('not_found', 'There is no such transaction.')
}
