/** A local Plaid: its API, test doors, webhooks and Link, over real HTTP. */
import { listen, type RunningEmulator } from '@/sandbox/core/sandbox'
import { buildPlaidEmulator } from '@/sandbox/plaid/build'
import type { PlaidOptions } from '@/sandbox/plaid/records'
import { ingestAll } from '@/sandbox/plaid/transactions/ingestion'

export type { PlaidOptions } from '@/sandbox/plaid/records'

/** How often webhooks about data that became ready are looked for. */
const POLL_INTERVAL = 250

/** Starts the stand-in on loopback. Port 0 takes a free one; `url` of the result is the SDK's base path. */
export async function startPlaid(options: PlaidOptions): Promise<RunningEmulator> {
  const { plaid } = buildPlaidEmulator(options)
  const running = await listen(plaid.sandbox, options.port)
  const timer = setInterval(() => ingestAll(plaid), POLL_INTERVAL)
  timer.unref()
  return {
    ...running,
    close: () => {
      clearInterval(timer)
      return running.close()
    }
  }
}
