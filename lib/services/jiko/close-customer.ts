import 'server-only'
import type { Money } from '@/lib/domain/money/money'
import { isIntegrationError } from '@/lib/platform/errors'
import { callJiko } from '@/lib/services/jiko/client'
import { type BankPocket, toBankPocket } from '@/lib/services/jiko/map'
import { EmptyResponse, JikoPocket, JikoPortals, paginated } from '@/lib/services/jiko/wire'

export type CloseResult =
  | { outcome: 'released' /** Empty pockets that the bank itself keeps open. */; keptOpen: number }
  | { outcome: 'funded'; balance: Money }

const CUSTOMER_POCKETS = '/api/v2/customers/{customer_id}/pockets/'
const PORTALS = '/api/v1/jiko-accounts/{account_id}/portals/'
/** The bank asks for a reason and names no list to choose from. */
const CLOSURE_REASON = 'Closed at the request of the customer'
const ALREADY_CLOSED_CODES = new Set(['PRECONDITION_FAILED', 'REFUSED', 'NOT_FOUND', 'KEY_USED'])

/** All that a customer has in pockets, and the pockets that are not closed. @throws IntegrationError. */
export async function listOpenPockets(customerId: string, userId: string): Promise<BankPocket[]> {
  const request = {
    method: 'GET',
    route: CUSTOMER_POCKETS,
    ids: [customerId],
    query: { limit: '100' },
    userId
  } as const
  const { items } = await callJiko(request, paginated(JikoPocket))
  return items.map(toBankPocket).filter(({ status }) => status !== 'CLOSED')
}

/** Money in a customer's pockets that its owner has yet to move, below zero where it is owed; null when there is none. @throws IntegrationError. */
export async function findRemainingBalance(
  customerId: string,
  { userId }: { userId: string }
): Promise<Money | null> {
  return totalBalance(await listOpenPockets(customerId, userId))
}

function totalBalance(pockets: BankPocket[]): Money | null {
  const balances = pockets.flatMap(({ balance }) =>
    balance && balance.minor !== 0n ? [balance] : []
  )
  return balances[0]
    ? { ...balances[0], minor: balances.reduce((sum, { minor }) => sum + minor, 0n) }
    : null
}

/**
 * Ends what a partner can end of a customer's account: no number leads to it any more, and each empty pocket is closed. Nothing is touched while there is
 * money in any. All that is known of the vendor's rules is here (contracts: Jiko §3): closing a portal is final, and a pocket closes only when empty, with a
 * reason, and next to another open one, so that the last pocket stays with the bank. May be repeated. @throws IntegrationError.
 */
export async function closeCustomer(
  customerId: string,
  { userId }: { userId: string }
): Promise<CloseResult> {
  const pockets = await listOpenPockets(customerId, userId)
  const balance = totalBalance(pockets)
  if (balance) return { outcome: 'funded', balance }
  for (const { jikoPocketId } of pockets) {
    await closePortals(jikoPocketId, userId)
    const body = JSON.stringify({ status: 'CLOSED', closure_reason: CLOSURE_REASON })
    await ignoreAlreadyClosed(
      callJiko(
        {
          method: 'PATCH',
          route: `${CUSTOMER_POCKETS}{pocket_id}/`,
          ids: [customerId, jikoPocketId],
          body,
          userId
        },
        JikoPocket
      )
    )
  }
  // What came in before the last number was closed is found here.
  const left = await listOpenPockets(customerId, userId)
  const late = totalBalance(left)
  return late
    ? { outcome: 'funded', balance: late }
    : { outcome: 'released', keptOpen: left.length }
}

async function closePortals(jikoPocketId: string, userId: string): Promise<void> {
  const { portals } = await callJiko(
    { method: 'GET', route: PORTALS, ids: [jikoPocketId], userId },
    JikoPortals
  )
  for (const { id, status } of portals) {
    if (status !== 'CLOSED')
      await ignoreAlreadyClosed(
        callJiko(
          {
            method: 'POST',
            route: `${PORTALS}{portal_id}/close/`,
            ids: [jikoPocketId, id],
            userId
          },
          EmptyResponse
        )
      )
  }
}

/** A plain no says that it is closed already, or that the bank does not close it; asking again would not change that. */
async function ignoreAlreadyClosed(call: Promise<unknown>): Promise<void> {
  await call.catch((thrown: unknown) => {
    if (!isIntegrationError(thrown) || !ALREADY_CLOSED_CODES.has(thrown.code)) throw thrown
  })
}
