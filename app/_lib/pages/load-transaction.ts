import { serializeTransaction } from '@/app/_lib/serializers/resources'
import type { TransactionDetailResponse } from '@/lib/api/transaction-edits'
import type { UserActor } from '@/lib/domain/users/actor'
import { DataService } from '@/lib/services'

/** Details of one transaction. @throws RequestError not_found. */
export async function loadTransaction(
  user: UserActor,
  id: string
): Promise<TransactionDetailResponse> {
  const [rows, { splits: parts, split, ...sources }, pair] = await Promise.all([
    DataService.getTransaction(user, id),
    DataService.getSources(user, id),
    DataService.findTransferPair(user, id)
  ])
  const currency = rows[0]?.amount.currency ?? ''
  return {
    rows: rows.map(serializeTransaction),
    ...sources,
    split: {
      from: split.from === null ? null : { minor: split.from.toString(), currency },
      holds: split.holds
    },
    pair,
    parts: parts.map(({ minor, ...part }) => ({
      ...part,
      amount: { minor: minor.toString(), currency }
    }))
  }
}
