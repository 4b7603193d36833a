/** Creates the token that opens Link. */

import { apiSend } from '@/components/lib/api'
import type { LinkTokenResponse } from '@/lib/api/responses'
import type { LinkKind } from '@/lib/domain/connections/connection'

export const createLinkToken = (kind: LinkKind = 'everyday') =>
  apiSend<LinkTokenResponse>(`/api/v1/bank/connect?kind=${kind}`, {})

/**
 * In onboarding the token comes with the application's result; a second request returns why there
 * is none.
 */
export async function createFirstLinkToken(): Promise<LinkTokenResponse> {
  const { link } = await apiSend<{ link: LinkTokenResponse | null }>('/api/v1/application/link', {})
  return link ?? createLinkToken()
}
