import { env } from './lib/platform/env'
import { log } from './lib/platform/log'
import { DataService, PangeaService } from './lib/services'

const RETRY_MS = 10_000

/** What a server process does besides answering: checks the environment and its keys, works the queue, keeps webhook addresses, ends streams when it stops. */
export async function start(): Promise<void> {
  env()
  if (env().runsJobs) PangeaService.startWorker()
  void updateWebhookUrls()
  // Logs a wrong key before anybody meets it. Where the storage does not answer, readiness asks again.
  void DataService.checkEncryption().catch(() => {})
  process.once('SIGTERM', () => {
    PangeaService.closeStreams()
    void PangeaService.stopWorker()
  })
  log.info('server.started')
}

async function updateWebhookUrls(): Promise<void> {
  if (await PangeaService.keepAddresses()) return
  setTimeout(() => void updateWebhookUrls(), RETRY_MS).unref()
}
