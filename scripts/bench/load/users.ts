/** The users of the load: some with linked banks who read, others who sign up during the run. */
import { setTimeout as pause } from 'node:timers/promises'
import type { Site } from '@/scripts/bench/load/site'
import { clientOf, completeDraft, SSN } from '@/tests/e2e/support/api'
import { createTestUser, type TestUser } from '@/tests/e2e/support/users'
import { createPublicToken } from '@/tests/e2e/support/vendors'

/** Clerk's tokens live for a minute. */
const RENEW_MS = 30_000
const SYNCED_WITHIN_MS = 240_000
const POLL_MS = 500
const READS = [
  '/dashboard',
  '/api/v1/transactions?limit=50',
  '/transactions',
  '/api/v1/connections',
  '/connections',
  '/api/v1/net-worth'
] as const

const BANKS = ['ins_109508', 'ins_109509', 'ins_109510'] as const

type Database = Pick<Site, 'database'>

export type Reader = { itemIds: string[]; headers: Record<string, string>; stop(): void }

/** Creates users, links three banks to each, and waits until all are synced. */
export async function createReaders(site: Database, users: number): Promise<Reader[]> {
  const readers: Reader[] = []
  for (let n = 0; n < users; n++) {
    const user = await createTestUser()
    const itemIds: string[] = []
    for (const institution of BANKS) itemIds.push(await linkBank(site, user, institution))
    readers.push(await keepSignedIn(user, itemIds))
  }
  await untilSynced(site)
  return readers
}

async function linkBank(
  { database }: Database,
  user: TestUser,
  institutionId: string
): Promise<string> {
  const public_token = await createPublicToken({ institutionId })
  const { connectionId } = await clientOf(user).postBankSetAccessToken({ body: { public_token } })
  const { rows } = await database.query<{ id: string }>(
    'select plaid_item_id as id from bank_connections where id = $1',
    [connectionId]
  )
  return rows[0]?.id ?? ''
}

async function keepSignedIn(user: TestUser, itemIds: string[]): Promise<Reader> {
  const reader = { itemIds, headers: await user.bearer() }
  const timer = setInterval(() => {
    user.bearer().then(
      (headers) => Object.assign(reader, { headers }),
      () => {}
    )
  }, RENEW_MS)
  return Object.assign(reader, { stop: () => clearInterval(timer) })
}

/** Waits until no delivery and no sync is waiting or running. @returns false if they did not end. */
export async function untilSynced(
  { database }: Database,
  withinMs = SYNCED_WITHIN_MS
): Promise<boolean> {
  for (const deadline = Date.now() + withinMs; Date.now() < deadline; ) {
    const { rowCount } = await database.query(
      `select from webhook_deliveries where status in ('pending', 'in_progress')
       union all select from sync_runs where status in ('pending', 'in_progress') limit 1`
    )
    if (!rowCount) return true
    await pause(POLL_MS)
  }
  return false
}

/** One read of a page or of the API. @throws with the status unless it is 200. */
export async function read(
  { client }: Pick<Site, 'client'>,
  readers: readonly Reader[],
  n: number
): Promise<void> {
  const path = READS[n % READS.length] ?? '/'
  // Each round begins with another reader, or one would always open the same pages.
  const reader = readers[(n + Math.floor(n / READS.length)) % readers.length]
  const { status } = await client.send(path, {
    headers: { ...reader?.headers, 'accept-encoding': 'gzip' }
  })
  if (status !== 200) throw new Error(`${path} ${status}`)
}

/** Each reader opens everything once: the first pages of a process take ten times as long. */
export async function warmUp(
  site: Pick<Site, 'client'>,
  readers: readonly Reader[]
): Promise<void> {
  for (let n = 0; n < readers.length * READS.length; n++) await read(site, readers, n)
}

export const isPage = (n: number): boolean => !READS[n % READS.length]?.startsWith('/api/')

/** A user signs up, answers every question, submits the application and links a bank. */
export async function signUp(site: Site): Promise<void> {
  const user = await createTestUser()
  await completeDraft(user)
  await clientOf(user).postApplicationSubmit({ body: { ssn: SSN } })
  await linkBank(site, user, BANKS[0])
}
