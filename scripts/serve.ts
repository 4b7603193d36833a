/**
 * `npm run serve`: the server that `npm run build` made, with real services only. It migrates, then
 * serves in this process, so that a process manager's signals reach it and its end is seen. Writes
 * no files.
 */
import { setDefaultResultOrder } from 'node:dns'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { inheritedSocket, listenOnInherited } from '@/scripts/deployment/inherited-socket'
import { builtSettings, differingSettings } from '@/scripts/deployment/public-settings'
import { type Environment, readEnvironment } from '@/scripts/stack/env-files'
import { migrateDatabase } from '@/scripts/stack/migration'
import { listenName } from '@/scripts/stack/stack-options'
import { exitWithError, UserError } from '@/scripts/stack/steps'
import { planVendors } from '@/scripts/stack/vendors'

const DIST = join(import.meta.dirname, '..')
const DEFAULT_PORT = '3000'
/** Longer than the usual minute of load balancers, which must be the side that closes first. */
const KEEP_ALIVE_MS = '65000'

await serve().catch(exitWithError)

async function serve(): Promise<void> {
  const env = settings()
  await migrateDatabase(env)
  Object.assign(process.env, env)
  setDefaultResultOrder('ipv4first')
  const socket = inheritedSocket(process.env)
  if (socket !== null) listenOnInherited(socket)
  await import(pathToFileURL(join(DIST, 'server.js')).href)
}

/** @throws UserError that names what is missing, unsafe or from another build. */
function settings(): Environment {
  const built = builtSettings()
  const own = readEnvironment(process.cwd())
  const env = { ...built, ...own }
  const planned = planVendors({ ...env, SANDBOX: 'off' }, 'npm run serve')
  const problems = [
    ...differingSettings(built, own),
    ...('problems' in planned ? planned.problems : [])
  ]
  if (problems.length)
    throw new UserError(
      ['Pangea did not start:', ...problems.map((line) => `  ${line}`)].join('\n')
    )
  const { HOST = '0.0.0.0', PORT = DEFAULT_PORT } = env
  return {
    ...env,
    PORT,
    // Containers set it to their id; Next listens on it.
    HOSTNAME: listenName(HOST),
    NODE_ENV: 'production',
    NEXT_TELEMETRY_DISABLED: '1',
    NEXT_MANUAL_SIG_HANDLE: 'true',
    KEEP_ALIVE_TIMEOUT: KEEP_ALIVE_MS
  }
}
