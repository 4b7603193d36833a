import 'server-only'
import { randomUUID } from 'node:crypto'
import type { UserActor } from '@/lib/domain/users/actor'
import type { Change, Part } from '@/lib/domain/transactions/edits'
import { RequestError } from '@/lib/platform/errors'
import * as DataService from '@/lib/services/data'

type Edit = Change & { parts?: Part[] | undefined; ownTransfer?: boolean | undefined }

/**
 * Changes what the person says about one transaction, its parts and whether it is one side of a transfer included.
 * @throws RequestError not_found, invalid (parts that are not the whole), conflict.
 */
export async function editTransaction(
  person: UserActor,
  id: string,
  { parts, ownTransfer, ...change }: Edit
): Promise<void> {
  if (parts) await DataService.storeParts(person, id, parts)
  if (ownTransfer !== undefined) await DataService.storePairChoice(person, id, ownTransfer)
  if (Object.values(change).every((value) => value === undefined)) return
  if (
    (await DataService.storeEdit(person, { ids: [id] }, { change, changeId: randomUUID() })) === 0
  )
    throw new RequestError('not_found', 'There is no such transaction.')
}
