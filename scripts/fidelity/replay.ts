/** Replays a folder of recordings against the emulators, or against Plaid's sandbox with its keys. */
import { PlaidEnvironments } from 'plaid'
import { startClerk } from '@/sandbox/clerk'
import { startPlaid } from '@/sandbox/plaid'
import { replayClerk } from '@/scripts/fidelity/clerk-replay'
import { replayPlaid } from '@/scripts/fidelity/plaid-replay'
import { loadSchemaCheck } from '@/scripts/fidelity/plaid-schemas'
import {
  type ClerkCall,
  type Recording,
  readClerkRecordings,
  readPlaidRecordings
} from '@/scripts/fidelity/recordings'

/** Long enough to see that data is not ready right after an Item is made. */
const READY_AFTER = { initial: 300, historical: 600 }

/** With PLAID_CLIENT_ID and PLAID_SECRET, Plaid itself answers. */
export async function replayPlaidFolder(folder: string) {
  const { PLAID_CLIENT_ID: clientId, PLAID_SECRET: secret } = process.env
  const recordings = readPlaidRecordings(folder)
  if (clientId && secret) {
    const url = PlaidEnvironments.sandbox ?? ''
    return replayPlaid(
      { url, clientId, secret, check: loadSchemaCheck({ closed: false }) },
      recordings
    )
  }
  const keys = { clientId: 'fidelity', secret: 'fidelity-secret' }
  const running = await startPlaid({ port: 0, dataDir: null, readyAfter: READY_AFTER, ...keys })
  try {
    const check = loadSchemaCheck({ closed: true })
    return await replayPlaid({ url: running.url, check, ...keys }, recordings)
  } finally {
    await running.close()
  }
}

/** Device trust is a setting of the instance: recordings with it ask an emulator with it. */
export async function replayClerkFolder(folder: string) {
  const all = readClerkRecordings(folder)
  const trusting = (one: Recording<ClerkCall>) =>
    JSON.stringify(one.calls).includes('needs_client_trust')
  const [plain, trust] = [
    await clerkWith(
      all.filter((one) => !trusting(one)),
      false
    ),
    await clerkWith(all.filter(trusting), true)
  ]
  return { calls: [...plain.calls, ...trust.calls], skipped: [...plain.skipped, ...trust.skipped] }
}

async function clerkWith(recordings: Recording<ClerkCall>[], deviceTrust: boolean) {
  const host = Buffer.from('fidelity-check-00.clerk.accounts.dev$').toString('base64')
  const running = await startClerk({
    port: 0,
    dataDir: null,
    publishableKey: `pk_test_${host}`,
    secretKey: 'sk_test_fidelity',
    allowedOrigins: [],
    deviceTrust
  })
  try {
    return await replayClerk(running.url, recordings)
  } finally {
    await running.close()
  }
}
