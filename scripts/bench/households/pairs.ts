/**
 * `npm run bench pairs [seed] [households of each kind]`: which own transfers are paired, through
 * the sync and the database as in the app.
 */
import { randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import type { SyncedAccount, SyncedTransaction } from '@/lib/domain/connections/sync-page'
import { systemActor } from '@/lib/domain/users/actor'
import { userActor } from '@/lib/services/clerk/actor'
import * as DataService from '@/lib/services/data'
import type { Household, HouseholdAccount, HouseholdRow } from '@/scripts/bench/households/builder'
import { makeHouseholds } from '@/scripts/bench/households/data'
import { database } from '@/xata/client'

export type PairScore = { due: number; found: number; right: number; wrong: string[] }

const app = systemActor('bench')
const money = (minor: number, currency: string) => ({ minor: BigInt(minor), currency })

const toSnapshot = ({
  id,
  name,
  mask,
  type,
  subtype,
  currency
}: HouseholdAccount): SyncedAccount => ({
  plaidAccountId: id,
  persistentAccountId: null,
  name,
  officialName: null,
  mask,
  type,
  subtype,
  current: money(100_000, currency),
  available: null,
  limit: null
})

const toTransaction = (row: HouseholdRow): SyncedTransaction => ({
  plaidTransactionId: row.id,
  pendingTransactionId: null,
  plaidAccountId: row.account,
  amount: money(row.minor, row.currency),
  date: row.date,
  authorizedOn: null,
  name: row.name,
  merchantName: row.merchant,
  categoryPrimary: row.primary,
  categoryDetailed: row.detailed,
  paymentChannel: 'other',
  pending: row.pending
})

async function sync(
  connectionId: string,
  accounts: SyncedAccount[],
  added: SyncedTransaction[]
): Promise<void> {
  await database().query(
    sql`update sync_runs set run_at = now() + interval '1 day' where status = 'pending' and connection_id <> ${connectionId}::uuid`
  )
  await DataService.requestSync(app, connectionId, 'bench')
  await database().query(
    sql`update sync_runs set run_at = now() where status = 'pending' and connection_id = ${connectionId}::uuid`
  )
  const run = await DataService.claimSyncRun(app, { leaseMs: 60_000 })
  if (run?.connectionId !== connectionId) throw new Error('claimed another run')
  await DataService.stagePage(run, 0, { added, modified: [], removed: [] })
  const state = {
    history: 'HISTORICAL_UPDATE_COMPLETE',
    bankDataAt: null,
    status: 'good' as const,
    errorType: null,
    errorCode: null
  }
  await DataService.commitSync(run, { ...state, nextCursor: randomUUID(), accounts })
}

/**
 * Stores one connection per bank; hidden accounts are hidden before their rows arrive. @returns
 * the user.
 */
async function settle({ banks, accounts, rows }: Household) {
  const owner = userActor(`user_bench_${randomUUID()}`)
  await DataService.ensureUser(owner)
  for (const [bank, name] of banks.entries()) {
    const own = accounts.filter((account) => account.bank === bank)
    const id = randomUUID()
    const snapshots = own.map(toSnapshot)
    await DataService.saveConnection(owner, {
      id,
      plaidItemId: `item-${id}`,
      accessToken: `access-${id}`,
      publicTokenHash: id,
      linkSessionId: null,
      institution: { id: `ins_${name}`, name },
      webhookUrl: 'http://localhost/api/webhooks/plaid',
      accounts: snapshots,
      consentExpiresAt: null
    })
    const hidden = own.filter((account) => account.hidden).map((account) => account.id)
    for (const one of hidden)
      await database().query(
        sql`update linked_accounts set hidden_at = now() where connection_id = ${id}::uuid and plaid_account_id = ${one}`
      )
    await sync(
      id,
      snapshots,
      rows.filter(({ account }) => own.some((one) => one.id === account)).map(toTransaction)
    )
  }
  return owner
}

/**
 * A pair is correct if its rows are sides of transfers of one amount between the same two
 * accounts: equal transfers within a week are interchangeable.
 */
export async function scoreHouseholds(households: readonly Household[]): Promise<PairScore> {
  const score: PairScore = { due: 0, found: 0, right: 0, wrong: [] }
  for (const household of households) {
    const { userId } = await settle(household)
    const found = await database().query(sql`
      select t.plaid_transaction_id as out, o.plaid_transaction_id as into from transfer_legs x
        join transactions t on t.id = x.transaction_id join transactions o on o.id = x.other_id where x.user_id = ${userId} and t.amount_minor < 0`)
    const rowOf = (id: string) => household.rows.find((one) => one.id === id)
    const way = (out: string, into: string) =>
      `${rowOf(out)?.account} ${rowOf(into)?.account} ${rowOf(into)?.minor}`
    const open = new Map(
      household.pairs.flatMap(([out, into]) =>
        [out, into].map((id): [string, string] => [id, way(out, into)])
      )
    )
    const say = (id: string) => {
      const row = rowOf(id)
      return `${row?.date} ${row?.account} ${row?.minor} ${row?.name} (${row?.primary})`
    }
    score.due += household.pairs.length
    score.found += found.length
    for (const [out, into] of found.map((row) => [String(row.out), String(row.into)] as const)) {
      const right = open.get(out) === way(out, into) && open.get(into) === way(out, into)
      if (right) score.right++
      if (right) for (const id of [out, into]) open.delete(id)
      else score.wrong.push(`${household.kind}: paired ${say(out)} with ${say(into)}`)
    }
    for (const id of open.keys()) score.wrong.push(`${household.kind}: missed ${say(id)}`)
  }
  return score
}

const share = (part: number, whole: number) => (whole === 0 ? 1 : part / whole)
export const precisionOf = ({ right, found }: PairScore) => share(right, found)
export const recallOf = ({ right, due }: PairScore) => share(right, due)

export async function reportPairs(
  storage: string,
  [seed = '1', ofEach = '9', verbose]: readonly string[]
): Promise<void> {
  const households = makeHouseholds(Number(seed), Number(ofEach))
  const kinds = [...new Set(households.map(({ kind }) => kind))]
  const all: PairScore = { due: 0, found: 0, right: 0, wrong: [] }
  console.log(`\n| ${storage}: households | transfers | pairs found | right |\n|---|---|---|---|`)
  for (const kind of kinds) {
    const score = await scoreHouseholds(households.filter((household) => household.kind === kind))
    console.log(`| ${kind} | ${score.due} | ${score.found} | ${score.right} |`)
    for (const key of ['due', 'found', 'right'] as const) all[key] += score[key]
    all.wrong.push(...score.wrong)
  }
  console.log(
    `\nSeed ${seed}, ${households.length} households, ${all.due} transfers: precision ${precisionOf(all).toFixed(4)}, recall ${recallOf(all).toFixed(4)}.`
  )
  if (verbose) for (const line of all.wrong) console.log(line)
}
