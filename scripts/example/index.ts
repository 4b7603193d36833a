/**
 * `npm run example` beside a running `npm start`: the whole journey without a browser.
 * `--record` keeps the answers as the examples of the API's document.
 */
import { randomUUID } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createClerkClient } from '@clerk/backend'
import { isClerkAPIResponseError } from '@clerk/backend/errors'
import { Configuration, PlaidApi, Products } from 'plaid'
import { runJourney, type Vendors } from '@/scripts/example/journey'
import { createRecorder } from '@/scripts/example/recorder'
import { emulatorEnv } from '@/scripts/stack/emulator-env'
import { dataDirOf } from '@/scripts/stack/env-files'
import { findRunningStack } from '@/scripts/stack/running-stack'
import { openSecrets } from '@/scripts/stack/secrets'

/** The app that runs in this folder with emulators. */
function findSettings(): Record<string, string | undefined> {
  const dataDir = dataDirOf(process.cwd())
  const running = findRunningStack(dataDir)
  if (!running?.url || !running.vendors) return {}
  const vendors = emulatorEnv(['clerk', 'plaid'], running.vendors, openSecrets(dataDir))
  return { APP_URL: running.url, ...vendors }
}
const settings = process.env.CLERK_API_URL ? process.env : findSettings()
const setting = (name: string): string => {
  const value = settings[name]
  if (value) return value
  console.error(`Start the app with npm start first, or set ${name}.`)
  process.exit(1)
}
const appUrl = setting('APP_URL')
const clerk = createClerkClient({
  secretKey: setting('CLERK_SECRET_KEY'),
  apiUrl: setting('CLERK_API_URL'),
  telemetry: { disabled: true }
})
const plaid = new PlaidApi(
  new Configuration({
    basePath: setting('PLAID_BASE_URL'),
    baseOptions: {
      headers: {
        'PLAID-CLIENT-ID': setting('PLAID_CLIENT_ID'),
        'PLAID-SECRET': setting('PLAID_SECRET')
      }
    }
  })
)

const FIRST_AREA = 201
const AREAS = 780

/** A fictional number that no other user has. */
async function addPhone(userId: string): Promise<string> {
  for (;;) {
    const number = Number.parseInt(randomUUID().slice(0, 8), 16) % (AREAS * 100)
    const phoneNumber = `+1${FIRST_AREA + Math.floor(number / 100)}55501${String(number % 100).padStart(2, '0')}`
    try {
      await clerk.phoneNumbers.createPhoneNumber({ userId, phoneNumber, verified: true })
      return phoneNumber
    } catch (thrown) {
      if (!isClerkAPIResponseError(thrown) || thrown.errors[0]?.code !== 'form_identifier_exists')
        throw thrown
    }
  }
}

const vendors: Vendors = {
  async signUp() {
    const emailAddress = [`example-${randomUUID()}+clerk_test@example.com`]
    const user = await clerk.users.createUser({ emailAddress, password: randomUUID() })
    const phone = await addPhone(user.id)
    const session = await clerk.sessions.createSession({ userId: user.id })
    return { phone, token: async () => (await clerk.sessions.getToken(session.id)).jwt }
  },
  async choosesBank() {
    const { data } = await plaid.sandboxPublicTokenCreate({
      institution_id: 'ins_109508',
      initial_products: [Products.Transactions],
      options: { webhook: `${appUrl}/api/webhooks/plaid` }
    })
    return data.public_token
  }
}

const recorder = await createRecorder(appUrl)
const { steps, transactions } = await runJourney(appUrl, vendors, recorder.fetch)
for (const { name, ms } of steps) console.log(`${String(ms).padStart(6)} ms  ${name}`)
const total = steps.reduce((sum, { ms }) => sum + ms, 0)
console.log(
  `${String(total).padStart(6)} ms  for ${steps.length} steps, ${transactions} transactions`
)
if (process.argv.includes('--record')) {
  const file = join(process.cwd(), 'app/_lib/openapi/examples.json')
  writeFileSync(file, `${JSON.stringify(recorder.examples, null, 2)}\n`)
  console.log(`Recorded ${Object.keys(recorder.examples).length} examples.`)
}
