/**
 * All vendors are down for a while: waiting jobs wait, however long, and continue within two
 * minutes after recovery.
 */
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { advanceClock } from '@/lib/platform/clock'
import { DataService, PangeaService } from '@/lib/services'
import { reconcile } from '@/lib/services/pangea/worker/reconcile'
import { startMail } from '@/sandbox/mail'
import { completeDraft, SSN } from '@/tests/support/applicant'
import { controlItem, linkedUser } from '@/tests/support/connections'
import { resetSingletons } from '@/tests/support/environment'
import { fundedUser, prepareTransfer } from '@/tests/support/funding'
import { openWorld, type World } from '@/tests/support/world'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const VENDORS = ['clerk', 'plaid', 'jiko'] as const
/**
 * After the hour in which Jiko remembers a transfer's key, its list decides (docs/decisions/013).
 */
const OUTAGES: [string, number, string][] = [
  ['four minutes', 4 * MINUTE, 'submitted'],
  ['an hour', HOUR, 'not_sent'],
  ['twelve hours', 12 * HOUR, 'not_sent']
]

let world: World
let mailbox: Awaited<ReturnType<typeof startMail>>
beforeAll(async () => {
  mailbox = await startMail({ port: 0, smtpPort: 0, dataDir: null })
  Object.assign(process.env, {
    MAIL_URL: `smtp://127.0.0.1:${mailbox.smtpPort}`
  })
  resetSingletons('mail')
  world = await openWorld()
  // Retries within one call do not wait.
  vi.spyOn(Math, 'random').mockReturnValue(0)
})
afterAll(async () => {
  await world.close()
  await mailbox.close()
  Reflect.deleteProperty(process.env, 'MAIL_URL')
})

const mail = (mode: string) => fetch(`${mailbox.url}/_sandbox/mode/${mode}`, { method: 'POST' })

async function pass(milliseconds: number): Promise<void> {
  advanceClock(milliseconds)
  await reconcile()
  await PangeaService.runDueJobs()
}

/** No transactions: their number does not matter here. */
const QUIET = {
  username: 'user_custom',
  password: JSON.stringify({ override_accounts: [{ type: 'depository', subtype: 'checking' }] })
}

/** Jobs in progress when the vendors go down. */
async function beginWork() {
  const linked = () => linkedUser(world, QUIET)
  const [syncing, leaving, deleted, reset] = [
    await linked(),
    await linked(),
    await linked(),
    await linked()
  ]
  const applicant = await world.createUser()
  await completeDraft(applicant, 'Review')
  await PangeaService.onboardUser(applicant, { ssn: SSN, withLinkToken: true })
  const sender = await fundedUser(world, { cents: 100_000 })
  const draft = await prepareTransfer(sender, 'out', 5_000n)
  await world.settle()
  return { syncing, leaving, deleted, reset, applicant, sender, draft }
}
type Work = Awaited<ReturnType<typeof beginWork>>

async function goAway({
  syncing,
  leaving,
  deleted,
  reset,
  applicant,
  sender,
  draft
}: Work): Promise<string> {
  await mail('later')
  await controlItem(world, reset.itemId, 'reset-login')
  for (const vendor of VENDORS) await world.control(vendor, '/faults', { path: '*', kind: '500' })
  await PangeaService.requestSync(syncing.user, syncing.connectionId)
  await PangeaService.disconnectBank(leaving.user, leaving.connectionId, { history: 'keep' })
  const { id } = await PangeaService.deleteMyData(deleted.user)
  await world.control('plaid', `/items/${syncing.itemId}/fire/PENDING_EXPIRATION`, {})
  const decided = await DataService.findApplication(applicant)
  await world.control('jiko', '/deliveries/mode', { drop: true })
  await world.control('jiko', `/applications/${decided?.jikoApplicationId}/decide`, {
    decision: 'approve'
  })
  await PangeaService.confirmTransfer(sender.user, draft.id)
  return id
}

async function comeBack(): Promise<void> {
  for (const vendor of VENDORS)
    await fetch(`${world[vendor].url}/_sandbox/faults`, { method: 'DELETE' })
  await world.control('jiko', '/deliveries/mode', {})
  await mail('take')
}

const gaveUp = () =>
  world.storage.rows(`select 'sync' as what, code from sync_runs where status = 'failed' union all select 'delivery', code from webhook_deliveries where status = 'failed'
    union all select 'notice', code from notices where status = 'failed'`)

async function expectDone(
  { syncing, leaving, reset, applicant, sender, draft }: Work,
  deletion: string,
  sent: string
): Promise<void> {
  expect(await DataService.getSyncProgress(syncing.user, syncing.connectionId)).toMatchObject({
    status: 'completed',
    code: null
  })
  expect(await DataService.listConnections(leaving.user)).toEqual([])
  expect(await DataService.getDeletion(deletion)).toMatchObject({ status: 'completed' })
  expect(await DataService.getConnection(syncing.user, syncing.connectionId)).toMatchObject({
    status: 'pending_expiration'
  })
  expect(
    await world.storage.rows('select status, code from notices where user_id = $1', [
      reset.user.userId
    ])
  ).toEqual([{ status: 'completed', code: null }])
  expect(await DataService.findBankAccount(applicant)).not.toBeNull()
  expect((await DataService.getTransfer(sender.user, draft.id)).state).toBe(sent)
}

describe.each(process.env.TEST_LONG ? OUTAGES : OUTAGES.slice(-1))(
  'an outage of %s',
  (_, length, sent) => {
    test('fails no job permanently, and everything continues within two minutes after it', {
      timeout: 120_000
    }, async () => {
      const work = await beginWork()
      const deletion = await goAway(work)
      for (let n = 0; n < 8; n++) {
        await pass(length / 8)
        expect(await gaveUp()).toEqual([])
      }
      await comeBack()
      await pass(95_000)
      await world.settle()
      await pass(20_000)
      await world.settle()
      await expectDone(work, deletion, sent)
      expect(await gaveUp()).toEqual([])
    })
  }
)
