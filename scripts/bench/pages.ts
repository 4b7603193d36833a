/**
 * What the queries of the dashboard, the list, the search and the export take for a person with a thousand and with a hundred thousand
 * transactions: `npm run bench pages`.
 */
import { randomUUID } from 'node:crypto'
import type { UserActor } from '@/lib/domain/users/actor'
import { monthPeriods, monthsUntil } from '@/lib/domain/periods'
import { userActor } from '@/lib/services/clerk/actor'
import * as DataService from '@/lib/services/data'
import { pairTransfers } from '@/lib/services/data/transactions/transfer-pairs'
import { onStatement } from '@/xata/client'
import { fill, TODAY } from '@/scripts/bench/long-history'

const SIZES = [1_000, 100_000]
const ROUNDS = 3
const periods = monthPeriods('2026-03', TODAY)
const first = (who: UserActor, query: object) =>
  DataService.listTransactions(who, { limit: 50, ...query })

const VIEWS: [string, (who: UserActor) => Promise<unknown>][] = [
  ['net worth', (who) => DataService.getNetWorth(who, TODAY)],
  [
    'net worth, all of its history',
    (who) => DataService.getNetWorthHistory(who, { range: 'all', timeZone: 'UTC' })
  ],
  ['cash flow, 12 months', (who) => DataService.getCashFlow(who, monthsUntil('2026-03', 12))],
  ['spending, 2 periods', (who) => DataService.getSpending(who, periods)],
  [
    'top merchants',
    (who) =>
      DataService.listTopMerchants(who, { period: periods.current, currency: 'USD', limit: 6 })
  ],
  ['recurring', (who) => DataService.listRecurring(who, TODAY)],
  ['list, first page', (who) => first(who, {})],
  ['list, page 20', (who) => page20(who)],
  ['list, largest first', (who) => first(who, { sort: 'largest' })],
  ['search, common word', (who) => first(who, { q: 'coffee' })],
  ['search, no match', (who) => first(who, { q: 'zanzibar' })],
  ['one tag', (who) => first(who, { tag: 'trip' })],
  [
    'a month’s category',
    (who) => first(who, { category: 'FOOD_AND_DRINK', from: '2026-03-01', to: '2026-03-31' })
  ],
  [
    'sum of that',
    (who) =>
      DataService.summarizeTransactions(who, {
        category: 'FOOD_AND_DRINK',
        from: '2026-03-01',
        to: '2026-03-31'
      })
  ],
  ['export, all', (who) => exportAll(who)],
  [
    'bulk edit of a category',
    (who) =>
      DataService.storeEdit(
        who,
        { filter: { category: 'INCOME' } },
        { change: { addTags: ['seen'] }, changeId: randomUUID() }
      )
  ],
  [
    'a rule, stored and applied',
    (who) => DataService.storeRule(who, { id: randomUUID(), isNew: true }, RULE)
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

async function page20(who: UserActor): Promise<void> {
  let cursor: string | undefined
  for (let n = 0; n < 20; n++) cursor = (await first(who, { cursor })).next ?? undefined
}

async function exportAll(who: UserActor): Promise<number> {
  let rows = 0
  for await (const items of DataService.streamTransactions(who, {})) rows += items.length
  return rows
}

/** Server time and statements of each view, for a short and a long history. */
export async function reportPages(storage: string, databaseUrl: string): Promise<void> {
  const people = []
  for (const size of SIZES) people.push(await newPerson(databaseUrl, size))
  console.log(
    `\n| ${storage} | ${SIZES.map((size) => `${size.toLocaleString('en')} rows, ms (statements)`).join(' | ')} |\n|---|${'---|'.repeat(SIZES.length)}`
  )
  for (const [name, view] of VIEWS) {
    const cells = []
    for (const who of people) cells.push(await time(() => view(who)))
    console.log(`| ${name} | ${cells.join(' | ')} |`)
  }
}

async function newPerson(databaseUrl: string, size: number): Promise<UserActor> {
  const who = userActor(`bench_${randomUUID()}`)
  await fill(databaseUrl, who.userId, size)
  return who
}

/** The middle of a few rounds, after one that warms up. */
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
  return `${taken.toSorted((a, b) => a - b)[Math.floor(ROUNDS / 2)]?.toFixed(1)} (${statements})`
}
