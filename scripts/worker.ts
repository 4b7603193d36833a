/**
 * `npm run worker`: only the worker loops, for deployments that separate them from the web server.
 */
import { readEnvironment } from '@/scripts/stack/env-files'

Object.assign(process.env, readEnvironment(process.cwd()))
const { requireSafeSettings } = await import('@/lib/platform/env')
const { PangeaService } = await import('@/lib/services')

requireSafeSettings()
PangeaService.startWorker()
console.log('working; stop with Ctrl-C')
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => void PangeaService.stopWorker().finally(() => process.exit(0)))
