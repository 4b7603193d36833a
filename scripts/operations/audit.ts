/**
 * `npm run audit:verify` checks the chain of the audit log, also against the published heads
 * (`-- --heads=FILE`, AUDIT_HEADS_FILE by default). `npm run audit:export` prints the log as JSON
 * lines.
 */
import { once } from 'node:events'
import { parseArgs } from 'node:util'
import { builtSettings } from '@/scripts/deployment/public-settings'
import { readEnvironment } from '@/scripts/stack/env-files'
import { exitWithError, UserError } from '@/scripts/stack/steps'

Object.assign(process.env, builtSettings(), readEnvironment(process.cwd()))
const { values: options, positionals } = parseArgs({
  options: { heads: { type: 'string' } },
  allowPositionals: true
})
const { PangeaService } = await import('@/lib/services')
const MAX_LINES = 100

try {
  if (positionals[0] === 'export') await print()
  else await verify()
  process.exit(0)
} catch (error) {
  exitWithError(error)
}

async function verify(): Promise<void> {
  const { sealed, waiting, heads, problems } = await PangeaService.verifyAudit(options.heads)
  console.log(`· ${sealed} sealed entries, ${waiting} waiting, ${heads} published heads`)
  if (heads === 0)
    console.log('! Without published heads, entries that were cut off at the end are not found.')
  for (const { problem, n, auditId } of problems.slice(0, MAX_LINES))
    console.log(`✗ ${problem}${n === null ? '' : ` at ${n}`}${auditId ? ` (${auditId})` : ''}`)
  if (problems.length > 0) throw new UserError(`The audit log has ${problems.length} problems.`)
  console.log('✓ the audit log is whole')
}

async function print(): Promise<void> {
  for await (const lines of PangeaService.exportAudit())
    if (!process.stdout.write(lines)) await once(process.stdout, 'drain')
}
