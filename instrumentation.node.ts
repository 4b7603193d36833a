import { env, requireSafeSettings } from './lib/platform/env'
import { log } from './lib/platform/log'
import { refuseTrace } from './lib/platform/refuse-trace'
import { DataService, PangeaService } from './lib/services'

const RETRY_MS = 10_000

/**
 * Server startup: validates the environment and keys, starts the worker loops, registers webhook
 * URLs, and ends streams on shutdown.
 */
export async function start(): Promise<void> {
  env()
  requireSafeSettings()
  refuseTrace()
  if (env().runsJobs) PangeaService.startWorker()
  void updateWebhookUrls()
  // Logs a wrong key early. If the storage does not respond, readiness checks again.
  void DataService.checkEncryption().catch(() => {})
  process.once('SIGTERM', () => {
    PangeaService.closeStreams()
    void PangeaService.stopWorker()
  })
  log.info('server.started')
}

async function updateWebhookUrls(): Promise<void> {
  if (await PangeaService.updateWebhookUrls()) return
  setTimeout(() => void updateWebhookUrls(), RETRY_MS).unref()
}
