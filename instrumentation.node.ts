import { join } from 'node:path'
import { pagePattern } from './app/_lib/pages/page-pattern'
import { publicPage } from './app/_lib/pages/public-pages'
import { webhookRoute } from './app/_lib/webhook-route'
import { VENDORS } from './lib/domain/jobs/webhook-effects'
import { env, requireSafeSettings } from './lib/platform/env'
import { sendCompressedFiles } from './lib/platform/http/compressed-files'
import { answerDirectly } from './lib/platform/http/direct-routes'
import { keepPages } from './lib/platform/http/kept-pages'
import { refuseTrace } from './lib/platform/http/refuse-trace'
import { log } from './lib/platform/log'
import { isStopping, shutDown, watchRequests } from './lib/platform/shutdown'
import { watchPages } from './lib/platform/telemetry/page-requests'
import { startTracing, stopTracing } from './lib/platform/telemetry/trace-export'
import { DataService, PangeaService } from './lib/services'

const RETRY_MS = 10_000
const BUILD = join(process.cwd(), '.next')

/** The handlers that app/api/webhooks exports. */
const webhookRoutes = () =>
  Object.fromEntries(VENDORS.map((vendor) => [`/api/webhooks/${vendor}`, webhookRoute(vendor)]))

/**
 * Server startup: validates the environment and keys, starts the worker loops, registers webhook
 * URLs, and stops in order when it is asked to.
 */
export async function start(): Promise<void> {
  env()
  requireSafeSettings()
  refuseTrace()
  watchRequests()
  if (!env().development) {
    keepPages(publicPage)
    sendCompressedFiles(join(BUILD, 'static'))
    answerDirectly(webhookRoutes(), BUILD)
  }
  watchPages(pagePattern)
  await startTracing()
  if (env().runsJobs) PangeaService.startWorker()
  void updateWebhookUrls()
  // Logs a wrong key early. If the storage does not respond, readiness checks again.
  void DataService.checkEncryption().catch(() => {})
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void stop())
  log.info('server.started')
}

/** A terminal and npm both pass Ctrl-C on, so it may arrive twice. */
async function stop(): Promise<void> {
  if (isStopping()) return
  PangeaService.closeStreams()
  await shutDown({ ...env().shutdown, work: PangeaService.stopWorker() })
  await stopTracing()
  process.exit(0)
}

async function updateWebhookUrls(): Promise<void> {
  if (await PangeaService.updateWebhookUrls()) return
  setTimeout(() => void updateWebhookUrls(), RETRY_MS).unref()
}
