/** Applies missing migrations, for `npm run migrate` and `npm run serve`. */
import type { Environment } from '@/scripts/stack/env-files'
import { UserError } from '@/scripts/stack/steps'
import { findLoginProblems } from '@/xata/logins'
import { migrate } from '@/xata/migrate'
import { SESSION_SETTINGS, saveSessionSettings } from '@/xata/session-settings'

/**
 * Migrates the database at MIGRATE_DATABASE_URL, else at DATABASE_URL, checks the app's logins and
 * stores their session settings.
 * @param print prints a line of progress.
 * @throws UserError with a remedy, if one is known.
 */
export async function migrateDatabase(
  env: Environment,
  print: (line: string) => void = console.log
): Promise<void> {
  const { DATABASE_URL, MIGRATE_DATABASE_URL, XATA_TRANSPORT, XATA_GATEWAY_URL } = env
  const url = MIGRATE_DATABASE_URL ?? DATABASE_URL
  if (!url)
    throw new UserError(
      'DATABASE_URL is missing, for example postgresql://user:password@host/database'
    )
  // MIGRATE_DATABASE_URL is a direct address for TCP, even if the app itself uses HTTP.
  const over = !MIGRATE_DATABASE_URL && XATA_TRANSPORT === 'http' ? 'http' : 'tcp'
  const variable = MIGRATE_DATABASE_URL ? 'MIGRATE_DATABASE_URL' : 'DATABASE_URL'
  try {
    await migrate(url, {
      over,
      gatewayUrl: XATA_GATEWAY_URL ?? null,
      report: (line) => print(`· ${line}`)
    })
    await requireRestrictedLogins(env)
    await limitSessions(env)
  } catch (error) {
    throw explained(error as Error, variable, over)
  }
}

/** With one login for everything, such as the emulator's, each batch takes its role instead. */
async function requireRestrictedLogins(env: Environment): Promise<void> {
  const { DATABASE_URL, WORKER_DATABASE_URL, XATA_TRANSPORT, XATA_GATEWAY_URL } = env
  if (!WORKER_DATABASE_URL || !DATABASE_URL) return
  const through = {
    over: XATA_TRANSPORT === 'http' ? ('http' as const) : ('tcp' as const),
    gatewayUrl: XATA_GATEWAY_URL ?? null
  }
  const problems = await Promise.all([
    findLoginProblems({ variable: 'DATABASE_URL', url: DATABASE_URL, role: 'pangea_app' }, through),
    findLoginProblems(
      { variable: 'WORKER_DATABASE_URL', url: WORKER_DATABASE_URL, role: 'pangea_worker' },
      through
    )
  ])
  const lines = problems.flat()
  if (lines.length)
    throw new UserError([...lines, 'See docs/operations.md, Database roles.'].join('\n'))
}

/** One login for everything gets the limits of jobs. */
async function limitSessions(env: Environment): Promise<void> {
  const { DATABASE_URL, WORKER_DATABASE_URL, XATA_TRANSPORT, XATA_GATEWAY_URL } = env
  if (!DATABASE_URL) return
  const through = {
    over: XATA_TRANSPORT === 'http' ? ('http' as const) : ('tcp' as const),
    gatewayUrl: XATA_GATEWAY_URL ?? null
  }
  if (WORKER_DATABASE_URL)
    await saveSessionSettings(DATABASE_URL, SESSION_SETTINGS.pangea_app, through)
  await saveSessionSettings(
    WORKER_DATABASE_URL ?? DATABASE_URL,
    SESSION_SETTINGS.pangea_worker,
    through
  )
}

/** @returns the error with a remedy, if one is known. */
function explained(error: Error & { code?: string }, variable: string, over: string): Error {
  const reasons: Record<string, string> = {
    UNREACHABLE: `The database at ${variable} cannot be reached over ${over}. Check the address, and that the server accepts connections from this machine.`,
    TIMEOUT: `The database at ${variable} did not answer in time over ${over}. A pooler may have no free connection: set MIGRATE_DATABASE_URL to the direct address.`,
    '28P01': `The database at ${variable} refused the user or the password.`,
    '3D000': `The server at ${variable} has no database of that name.`,
    '42501': `The user in ${variable} may not change the schema or create the roles pangea_app and pangea_worker. Set MIGRATE_DATABASE_URL to one that may (docs/operations.md, Database roles).`
  }
  const reason = reasons[error.code ?? '']
  return error.code ? new UserError([error.message, ...(reason ? [reason] : [])].join('\n')) : error
}
