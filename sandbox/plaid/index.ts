/** Plaid emulator: API, sandbox routes, webhooks and Link over HTTP. */
import { listen, type RunningEmulator } from '@/sandbox/core/sandbox'
import { buildPlaidEmulator } from '@/sandbox/plaid/build'
import type { PlaidOptions } from '@/sandbox/plaid/records'
import { ingestAll } from '@/sandbox/plaid/transactions/ingestion'

export type { PlaidOptions } from '@/sandbox/plaid/records'

/** Milliseconds between checks for data that became ready and needs a webhook. */
const POLL_INTERVAL = 250

/**
 * Starts the emulator on loopback. Port 0 picks a free one; `url` of the result is the SDK's base
 * path.
 */
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
