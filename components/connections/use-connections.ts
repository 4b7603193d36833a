import useSWR from 'swr'
import { isUpdating } from '@/components/connections/connection-status'
import type { ConnectionResponse, PageResponse } from '@/lib/api/responses'

type Connections = PageResponse<ConnectionResponse>

/** A sync that no user asked for ends without a change of the user's version if it found nothing. */
const UPDATING_POLL_MS = 3_000

/** The user's connections, starting with those that the server rendered. */
export function useConnections(rendered: Connections): Connections {
  const { data = rendered } = useSWR<Connections>('/api/v1/connections', {
    fallbackData: rendered,
    refreshInterval: (latest) =>
      (latest ?? rendered).items.some(isUpdating) ? UPDATING_POLL_MS : 0
  })
  return data
}
