/** How a page gets the token that Link is opened with. */
import type { LinkTokenResponse } from '@/lib/api/responses'
import type { LinkKind } from '@/lib/domain/connections/connection'
import { change } from '@/components/lib/api'

export const askForLink = (kind: LinkKind = 'everyday') =>
  change<LinkTokenResponse>(`/api/v1/bank/connect?kind=${kind}`, {})

/** At the step for linking the token comes with the result of the application; a second question says why there is none. */
export async function askForFirstLink(): Promise<LinkTokenResponse> {
  const { link } = await change<{ link: LinkTokenResponse | null }>('/api/v1/application/link', {})
  return link ?? askForLink()
}
