/**
 * `npm run example` beside a running `npm start`: the whole journey without a browser.
 * `--record` keeps the answers as the examples of the API's document.
 */
import { randomUUID } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createClerkClient } from '@clerk/backend'
import { Configuration, PlaidApi, Products } from 'plaid'
import { runJourney, type Vendors } from '@/scripts/example/journey'
import { createRecorder } from '@/scripts/example/recorder'

const setting = (name: string): string => {
  const value = process.env[name]
  if (!value) throw new Error(`Set ${name}, as npm start prints it.`)
  return value
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

const vendors: Vendors = {
  async signUp(phone) {
    const emailAddress = [`example-${randomUUID()}+clerk_test@example.com`]
    const user = await clerk.users.createUser({ emailAddress, password: randomUUID() })
    await clerk.phoneNumbers.createPhoneNumber({
      userId: user.id,
      phoneNumber: phone,
      verified: true
    })
    const session = await clerk.sessions.createSession({ userId: user.id })
    return { token: async () => (await clerk.sessions.getToken(session.id)).jwt }
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
