import 'server-only'
import { callJiko } from '@/lib/services/jiko/client'
import { EmptyResponse, JikoSubscription, paginated } from '@/lib/services/jiko/wire'

/** Events that change an application, an account or a transfer. */
export const SUBSCRIBED_EVENTS = [
  'application.approved',
  'application.documents_needed',
  'application.manual_review',
  'application.rejected',
  'transfers.ach.in.success',
  'transfers.ach.in.rejected',
  'transfers.ach.out.success',
  'transfers.ach.out.rejected',
  'transfers.wire.out.processing',
  'transfers.wire.out.success',
  'transfers.wire.out.rejected',
  'transfers.on-us.processing',
  'transfers.on-us.success',
  'transfers.on-us.rejected'
]

/**
 * Ensures exactly one webhook subscription for `url`, signed with the newest of `secrets`.
 * Idempotent: updates an existing one and removes duplicates of concurrent starts. @throws
 * IntegrationError (contracts: Jiko §6).
 */
export async function ensureSubscription({
  url,
  secrets
}: {
  url: string
  secrets: readonly string[]
}): Promise<{ id: string }> {
  const [known, ...extra] = (await listSubscriptions()).filter(
    (subscription) => subscription.url === url
  )
  const wanted = { events: SUBSCRIBED_EVENTS, url, shared_secret: secrets[0] ?? '' }
  for (const { id } of extra)
    await callJiko(
      { method: 'DELETE', route: '/api/v1/subscriptions/{subscription_id}/', ids: [id] },
      EmptyResponse
    )
  if (!known)
    return callJiko(
      { method: 'POST', route: '/api/v1/subscriptions/', body: JSON.stringify(wanted) },
      JikoSubscription
    )
  const body = JSON.stringify({ ...wanted, status: 'enabled' })
  return callJiko(
    { method: 'PATCH', route: '/api/v1/subscriptions/{subscription_id}/', ids: [known.id], body },
    JikoSubscription
  )
}

type Subscription = { id: string; url: string }

async function listSubscriptions(cursor = ''): Promise<Subscription[]> {
  const query = { limit: '100', ...(cursor ? { cursor } : {}) }
  const { items, next_page } = await callJiko(
    { method: 'GET', route: '/api/v1/subscriptions/', query },
    paginated(JikoSubscription)
  )
  return next_page && next_page !== cursor
    ? [...items, ...(await listSubscriptions(next_page))]
    : items
}
