/**
 * `npm run consents -- --email=ADDRESS` or `-- --user=ID`: prints the consents of a deleted user as
 * JSON lines.
 */
import { parseArgs } from 'node:util'
import { builtSettings } from '@/scripts/deployment/public-settings'
import { readEnvironment } from '@/scripts/stack/env-files'
import { exitWithError, UserError } from '@/scripts/stack/steps'

Object.assign(process.env, builtSettings(), readEnvironment(process.cwd()))
const { values: options } = parseArgs({
  options: { email: { type: 'string' }, user: { type: 'string' } }
})
const { PangeaService } = await import('@/lib/services')

try {
  const value = options.email ?? options.user
  if (!value) throw new UserError('Name the person: --email=ADDRESS or --user=ID.')
  const found = await PangeaService.findConsents(options.email ? 'email' : 'user', value)
  for (const consent of found) console.log(JSON.stringify(consent))
  console.error(`· ${found.length} consents`)
  process.exit(0)
} catch (error) {
  exitWithError(error)
}
