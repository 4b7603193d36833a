/**
 * `npm run bench pages`: query times of the dashboard, list, search and export for a thousand and
 * a hundred thousand transactions.
 */
import { randomUUID } from 'node:crypto'
import { monthPeriods, monthsUntil } from '@/lib/domain/periods'
import type { UserActor } from '@/lib/domain/users/actor'
import { userActor } from '@/lib/services/clerk/actor'
import * as DataService from '@/lib/services/data'
import { pairTransfers } from '@/lib/services/data/transactions/transfer-pairs'
import { fillHistory, TODAY } from '@/scripts/bench/long-history'
import { onStatement } from '@/xata/client'

const SIZES = [1_000, 100_000]
const ROUNDS = 3
const periods = monthPeriods('2026-03', TODAY)
const first = (actor: UserActor, query: object) =>
  DataService.listTransactions(actor, { limit: 50, ...query })

type Read = (actor: UserActor) => Promise<unknown>
type View = [string, Read]

/** Read as after a change: kept ones say nothing about their statements. */
const REPORTS: Record<string, Read> = {
  'net worth, all of its history': (actor) =>
    DataService.getNetWorthHistory(actor, { range: 'all', timeZone: 'UTC' }),
  'cash flow, 12 months': (actor) => DataService.getCashFlow(actor, monthsUntil('2026-03', 12)),
  'spending, 2 periods': (actor) => DataService.getSpending(actor, periods),
  'top merchants': (actor) =>
    DataService.listTopMerchants(actor, { period: periods.current, currency: 'USD', limit: 6 }),
  'recurring, after a change': (actor) => DataService.listRecurring(actor, TODAY)
}

const readDashboard: Read = (actor) =>
  Promise.all(Object.values(REPORTS).map((read) => read(actor)))

/** As in another process: without the reports that this one has kept. */
const afterChange =
  (read: Read): Read =>
  (actor) => {
    Reflect.deleteProperty(globalThis, Symbol.for('pangea.reports'))
    return read(actor)
  }

export const VIEWS: View[] = [
  ['net worth', (actor) => DataService.getNetWorth(actor, TODAY)],
  ...Object.entries(REPORTS).map(([name, read]): View => [name, afterChange(read)]),
  ['reports of the dashboard, after a change', afterChange(readDashboard)],
  ['reports of the dashboard', readDashboard],
  ['list, first page', (actor) => first(actor, {})],
  ['list, page 20', (actor) => readTwentyPages(actor)],
  ['list, largest first', (actor) => first(actor, { sort: 'largest' })],
  ['search, common word', (actor) => first(actor, { q: 'coffee' })],
  ['search, no match', (actor) => first(actor, { q: 'zanzibar' })],
  ['one tag', (actor) => first(actor, { tag: 'trip' })],
  [
    'a month’s category',
    (actor) => first(actor, { category: 'FOOD_AND_DRINK', from: '2026-03-01', to: '2026-03-31' })
  ],
  [
    'sum of that',
    (actor) =>
      DataService.summarizeTransactions(actor, {
        category: 'FOOD_AND_DRINK',
        from: '2026-03-01',
        to: '2026-03-31'
      })
  ],
  ['export, all', (actor) => exportAll(actor)],
  [
    'bulk edit of a category',
    (actor) =>
      DataService.saveEdit(
        actor,
        { filter: { category: 'INCOME' } },
        { change: { addTags: ['seen'] }, changeId: randomUUID() }
      )
  ],
  [
    'a rule, stored and applied',
    (actor) => DataService.saveRule(actor, { id: randomUUID(), isNew: true }, RULE)
  ],
  ['own transfers, after a sync', ({ userId }) => pairTransfers(userId)]
]

const RULE = {
  match: 'contains',
  text: 'cinema',
  accountId: null,
  flow: null,
  category: 'ENTERTAINMENT',
  merchant: null,
  excluded: null
} as const

async function readTwentyPages(actor: UserActor): Promise<void> {
  let cursor: string | undefined
  for (let n = 0; n < 20; n++) cursor = (await first(actor, { cursor })).next ?? undefined
}

async function exportAll(actor: UserActor): Promise<number> {
  let rows = 0
  for await (const items of DataService.streamTransactions(actor, {})) rows += items.length
  return rows
}

/** Server time and statements of each view, for a short and a long history. */
export async function reportPages(storage: string, databaseUrl: string): Promise<void> {
  const people = []
  for (const size of SIZES) people.push(await createUser(databaseUrl, size))
  console.log(
    `\n| ${storage} | ${SIZES.map((size) => `${size.toLocaleString('en')} rows, ms (statements)`).join(' | ')} |\n|---|${'---|'.repeat(SIZES.length)}`
  )
  for (const [name, view] of VIEWS) {
    const cells = []
    for (const actor of people) cells.push(await time(() => view(actor)))
    console.log(`| ${name} | ${cells.join(' | ')} |`)
  }
}

export async function createUser(databaseUrl: string, size: number): Promise<UserActor> {
  const actor = userActor(`bench_${randomUUID()}`)
  await fillHistory(databaseUrl, actor.userId, size)
  return actor
}

/** The median of several rounds after a warm-up. */
async function time(view: () => Promise<unknown>): Promise<string> {
  let statements = 0
  const stop = onStatement(() => statements++)
  await view()
  stop()
  const taken = []
  for (let n = 0; n < ROUNDS; n++) {
    const start = performance.now()
    await view()
    taken.push(performance.now() - start)
  }
  return `${median(taken).toFixed(1)} (${statements})`
}

export const median = (taken: number[]): number =>
  taken.toSorted((a, b) => a - b)[Math.floor(taken.length / 2)] ?? 0
