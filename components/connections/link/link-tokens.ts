/** How a page gets the token that Link is opened with. */

import { apiSend } from '@/components/lib/api'
import type { LinkTokenResponse } from '@/lib/api/responses'
import type { LinkKind } from '@/lib/domain/connections/connection'

export const createLinkToken = (kind: LinkKind = 'everyday') =>
  apiSend<LinkTokenResponse>(`/api/v1/bank/connect?kind=${kind}`, {})

/** At the step for linking the token comes with the result of the application; a second question says why there is none. */
export async function createFirstLinkToken(): Promise<LinkTokenResponse> {
  const { link } = await apiSend<{ link: LinkTokenResponse | null }>('/api/v1/application/link', {})
  return link ?? createLinkToken()
}
