/** `npm run worker`: the work loop alone, for deployments that keep it apart from the web server. */
import { readEnvironment } from './env-files'

Object.assign(process.env, readEnvironment(process.cwd()))
const { PangeaService } = await import('@/lib/services')

PangeaService.startDrain()
console.log('working; stop with Ctrl-C')
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void PangeaService.stopDrain().finally(() => process.exit(0)))
