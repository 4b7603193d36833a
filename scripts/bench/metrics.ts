/** The cost of metrics: recording one request, and one scrape with the figures of the database. */
import { observeRequest, routePattern } from '@/lib/platform/telemetry/metrics'
import { PangeaService } from '@/lib/services'

const REQUESTS = 200_000
const SCRAPES = 20

/** A scrape reads the database every ten seconds at most; the first one here does. */
export async function reportMetrics(): Promise<void> {
  const id = '6f1d3a5e-0e0d-4a9e-8c53-2f4d1a6b9c20'
  const begun = performance.now()
  for (let n = 0; n < REQUESTS; n++) {
    const route = routePattern(`/api/v1/connections/${id}`, { id })
    observeRequest({ route, method: 'GET', status: n % 50 ? 200 : 404 }, begun)
  }
  const each = ((performance.now() - begun) * 1_000) / REQUESTS
  const first = await timed(PangeaService.collectMetrics)
  let rest = 0
  for (let n = 0; n < SCRAPES; n++) rest += await timed(PangeaService.collectMetrics)
  console.log(
    `recording one request: ${each.toFixed(2)} µs; scrape that reads the database: ${first.toFixed(1)} ms, another: ${(rest / SCRAPES).toFixed(1)} ms`
  )
}

async function timed(run: () => Promise<unknown>): Promise<number> {
  const begun = performance.now()
  await run()
  return performance.now() - begun
}
