import 'server-only'
import type { Money } from '@/lib/domain/money/money'
import { isIntegrationError } from '@/lib/platform/errors'
import { callJiko } from '@/lib/services/jiko/client'
import type { BankPocket } from '@/lib/services/jiko/map'
import { CUSTOMER_POCKETS, listOpenPockets } from '@/lib/services/jiko/pockets'
import { EmptyResponse, JikoPocket, JikoPortals } from '@/lib/services/jiko/wire'

export type CloseResult =
  | { outcome: 'released' /** Empty pockets that the bank itself keeps open. */; keptOpen: number }
  | { outcome: 'funded'; balance: Money }

const PORTALS = '/api/v1/jiko-accounts/{account_id}/portals/'
/** Jiko requires a reason and publishes no list. */
const CLOSURE_REASON = 'Closed at the request of the customer'
const ALREADY_CLOSED_CODES = new Set(['PRECONDITION_FAILED', 'REFUSED', 'NOT_FOUND', 'KEY_USED'])

/**
 * Money the owner still has to move, negative if overdrawn; null if none. @throws
 * IntegrationError.
 */
export async function findRemainingBalance(
  customerId: string,
  { userId }: { userId: string }
): Promise<Money | null> {
  return totalBalance(await listOpenPockets(customerId, { userId }))
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
 * Closes what a partner can close: every portal, then each empty pocket. Does nothing while any
 * pocket holds money. Jiko's rules (contracts: Jiko §3): closing a portal is final; a pocket
 * closes only when empty, with a reason, and while another one is open, so the last pocket stays.
 * Idempotent. @throws IntegrationError.
 */
export async function closeCustomer(
  customerId: string,
  { userId }: { userId: string }
): Promise<CloseResult> {
  const pockets = await listOpenPockets(customerId, { userId })
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
  // Finds deposits that arrived before the last portal was closed.
  const left = await listOpenPockets(customerId, { userId })
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

/**
 * A definite refusal means that it is already closed or cannot be closed; a retry would not change
 * that.
 */
async function ignoreAlreadyClosed(call: Promise<unknown>): Promise<void> {
  await call.catch((thrown: unknown) => {
    if (!isIntegrationError(thrown) || !ALREADY_CLOSED_CODES.has(thrown.code)) throw thrown
  })
}
