/**
 * `npm run worker`: only the worker loops, for deployments that separate them from the web server.
 */
import { readEnvironment } from '@/scripts/stack/env-files'

Object.assign(process.env, readEnvironment(process.cwd()))
const { PangeaService } = await import('@/lib/services')

PangeaService.startWorker()
console.log('working; stop with Ctrl-C')
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => void PangeaService.stopWorker().finally(() => process.exit(0)))
