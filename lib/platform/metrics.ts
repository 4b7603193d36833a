import 'server-only'
import { meters } from '@/lib/platform/meters'

/** Health figures for operators: the state of each vendor’s circuit breaker in this process. */
export { vendorHealth } from '@/lib/platform/vendor-call'

/** Records one request. `route` is the pattern of a route, never a path with ids. */
export function observeRequest(
  labels: { route: string; method: string; status: number },
  startedAt: number
): void {
  const { route, method, status } = labels
  meters().requests.observe(
    { route, method, status: String(status) },
    (performance.now() - startedAt) / 1_000
  )
}

/** `/api/v1/assets/[id]` from its path and parameters, so that no id becomes a label. */
export function routePattern(pathname: string, params: Record<string, unknown>): string {
  const names = new Map(Object.entries(params).map(([name, value]) => [String(value), name]))
  return pathname
    .split('/')
    .map((segment) => {
      const name = names.get(safeDecode(segment))
      return name ? `[${name}]` : segment
    })
    .join('/')
}

function safeDecode(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}
