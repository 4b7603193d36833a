/** `npm run migrate`: applies missing migrations. */

import { readEnvironment } from '@/scripts/stack/env-files'
import { exitWithError, UserError } from '@/scripts/stack/steps'
import { migrate } from '@/xata/migrate'

const { DATABASE_URL, MIGRATE_DATABASE_URL, XATA_TRANSPORT, XATA_GATEWAY_URL } = readEnvironment(
  process.cwd()
)
const variable = MIGRATE_DATABASE_URL ? 'MIGRATE_DATABASE_URL' : 'DATABASE_URL'
const url = MIGRATE_DATABASE_URL ?? DATABASE_URL
if (!url)
  exitWithError(
    new UserError('DATABASE_URL is missing, for example postgresql://user:password@host/database')
  )
// MIGRATE_DATABASE_URL is a direct address for TCP, whatever the app itself uses.
const over = !MIGRATE_DATABASE_URL && XATA_TRANSPORT === 'http' ? 'http' : 'tcp'
await migrate(url, {
  over,
  gatewayUrl: XATA_GATEWAY_URL ?? null,
  report: (line) => console.log(`· ${line}`)
}).catch((error) => exitWithError(explained(error)))
console.log('✓ the database is up to date')

/** @returns the error with a remedy, if one is known. */
function explained(error: Error & { code?: string }): Error {
  const reasons: Record<string, string> = {
    UNREACHABLE: `The database at ${variable} cannot be reached over ${over}. Check the address, and that the server accepts connections from this machine.`,
    TIMEOUT: `The database at ${variable} did not answer in time over ${over}. A pooler may have no free connection: set MIGRATE_DATABASE_URL to the direct address.`,
    '28P01': `The database at ${variable} refused the user or the password.`,
    '3D000': `The server at ${variable} has no database of that name.`,
    '42501': `The user in ${variable} may not change the schema. Set MIGRATE_DATABASE_URL to one that may.`
  }
  const reason = reasons[error.code ?? '']
  return error.code ? new UserError([error.message, ...(reason ? [reason] : [])].join('\n')) : error
}
