/** Where the example finds the app and the vendors: in its environment, or a running `npm start`. */
import { emulatorEnv } from '@/scripts/stack/emulator-env'
import { dataDirOf, type Environment } from '@/scripts/stack/env-files'
import { findRunningStack } from '@/scripts/stack/running-stack'
import { openSecrets } from '@/scripts/stack/secrets'

/** The app that runs in this folder with emulators. */
function findRunning(): Environment {
  const dataDir = dataDirOf(process.cwd())
  const running = findRunningStack(dataDir)
  if (!running?.url || !running.vendors) return {}
  const secrets = openSecrets(dataDir)
  return {
    APP_URL: running.url,
    ...emulatorEnv(['clerk', 'plaid'], running.vendors, secrets),
    JIKO_URL: running.vendors.jiko ?? '',
    // Jiko opens a Link window of its own, as another client of Plaid.
    JIKO_PLAID_CLIENT_ID: secrets.jikoPlaidClientId,
    JIKO_PLAID_SECRET: secrets.jikoPlaidSecret
  }
}
const settings = process.env.CLERK_API_URL ? process.env : findRunning()

/** Ends the program when it is not set. */
export function setting(name: string): string {
  const value = settings[name]
  if (value) return value
  console.error(`Start the app with npm start first, or set ${name}.`)
  process.exit(1)
}
