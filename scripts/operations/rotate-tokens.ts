/**
 * `npm run tokens:rotate`: queues the replacement of access tokens at Plaid, for one connection or
 * for all. The workers run the jobs.
 */
import { parseArgs } from 'node:util'
import { builtSettings } from '@/scripts/deployment/public-settings'
import { readEnvironment } from '@/scripts/stack/env-files'
import { exitWithError, UserError } from '@/scripts/stack/steps'

Object.assign(process.env, builtSettings(), readEnvironment(process.cwd()))
const { values: options } = parseArgs({
  options: { all: { type: 'boolean' }, connection: { type: 'string' } }
})
const { PangeaService } = await import('@/lib/services')

try {
  if (Boolean(options.all) === Boolean(options.connection))
    throw new UserError('Add `-- --all` or `-- --connection=ID`.')
  const target = options.connection ? { connectionId: options.connection } : 'all'
  const count = await PangeaService.requestTokenRotation(target)
  if (options.connection && count === 0)
    throw new UserError(
      'Nothing was queued: there is no such connection, its access has ended, or a rotation is queued already.'
    )
  console.log(`✓ ${count} rotations queued; the workers run them`)
  process.exit(0)
} catch (error) {
  exitWithError(error)
}
