/**
 * `npm run worker`: only the worker loops, for deployments that separate them from the web server.
 */
import { builtSettings } from '@/scripts/deployment/public-settings'
import { readEnvironment } from '@/scripts/stack/env-files'

Object.assign(process.env, builtSettings(), readEnvironment(process.cwd()))
const { env, requireSafeSettings } = await import('@/lib/platform/env')
const { PangeaService } = await import('@/lib/services')
const { serveWorkerHealth } = await import('@/scripts/deployment/worker-health')

const { startTracing, stopTracing } = await import('@/lib/platform/telemetry/trace-export')

const { graceMs } = env().shutdown
requireSafeSettings()
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, stop)
await startTracing()
PangeaService.startWorker()
const { workerPort, metricsToken } = env()
if (workerPort) serveWorkerHealth({ port: workerPort, metricsToken })
console.log('working; stop with Ctrl-C')

/** Finishes running jobs; after the grace, another process continues them. */
function stop(): void {
  setTimeout(() => process.exit(0), graceMs).unref()
  void PangeaService.stopWorker()
    .finally(stopTracing)
    .finally(() => process.exit(0))
}
