/** Everything stored about a user, read page by page so that only one page is in memory. */
import 'server-only'
import { getTableColumns, getTableName, type SQL, sql } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
import { toDecimal } from '@/lib/domain/money/money'
import type { UserActor } from '@/lib/domain/users/actor'
import { getOnboardingFacts } from '@/lib/services/data/onboarding/application-draft'
import { query } from '@/lib/services/data/sql/query'
import { column, nullable, rowType, type Shape } from '@/lib/services/data/sql/row-type'
import { EXPORTS, type ExportedTable, isExported } from '@/lib/services/data/users/export-tables'

const BATCH_SIZE = 2_000

type Value = string | number | bigint | boolean | null | object
export type ExportRow = Record<string, Value>
export type ExportFile = {
  /** Without an ending, such as `transactions`. */
  name: string
  /** The columns of each row, in order. */
  columns: string[]
  /** Starts again from the first row each time it is called. */
  pages: () => AsyncGenerator<ExportRow[]>
}

/** The files of a user's export. Money is decimal text with its currency in the next column. */
export function listExportFiles(actor: UserActor): ExportFile[] {
  return [
    ...Object.values(EXPORTS)
      .filter(isExported)
      .map((entry) => toFile(actor, entry)),
    draftFile(actor)
  ]
}

const MONEY = /(^m|M)inor$/
/** `balanceMinor` is exported as `balance`, `minor` as `amount`. */
const exportName = (key: string): string =>
  MONEY.test(key) ? key.replace(MONEY, '') || 'amount' : key

function toFile(actor: UserActor, entry: ExportedTable): ExportFile {
  const exported = Object.entries<PgColumn>(
    getTableColumns(entry.table) as Record<string, PgColumn>
  ).filter(([key]) => !entry.omitted.includes(key))
  const columns = exported.map(([key]) => exportName(key))
  if (entry.currency) columns.push('currency')
  return {
    name: getTableName(entry.table).replaceAll('_', '-'),
    columns,
    pages: () => readPages(actor, entry, exported)
  }
}

async function* readPages(
  actor: UserActor,
  entry: ExportedTable,
  exported: [string, PgColumn][]
): AsyncGenerator<ExportRow[]> {
  const all = getTableColumns(entry.table) as Record<string, PgColumn>
  const keys = entry.orderBy.map((key) => all[key]).filter((key) => key !== undefined)
  const owned = entry.rowsOf?.(actor.userId) ?? sql`user_id = ${actor.userId}`
  const overrides = entry.overrides?.(actor.userId) ?? {}
  const list = (parts: SQL[]) => sql.join(parts, sql`, `)
  const hidden = Object.entries(all).filter(([key]) => entry.decrypted?.from.includes(key))
  const columns = [
    ...[...exported, ...hidden].map(
      ([key, column]) => sql`${overrides[key] ?? columnSql(column)} as ${sql.identifier(key)}`
    ),
    ...keys.map((column, n) => sql`${columnSql(column)}::text as ${sql.identifier(`key_${n}`)}`)
  ]
  if (entry.currency) columns.push(sql`${entry.currency} as currency`)
  const shape: Shape = {
    ...Object.fromEntries([...exported, ...hidden]),
    ...Object.fromEntries(keys.map((_, n) => [`key_${n}`, column.text])),
    ...(entry.currency && { currency: nullable(column.text) })
  }
  for (let after: SQL = sql`true`; ; ) {
    const found = await query(
      actor,
      rowType(shape),
      sql`select ${list(columns)} from ${entry.table} where ${owned} and ${after} order by ${list(keys.map(columnSql))} limit ${BATCH_SIZE}::int`
    )
    yield found.map((row) =>
      toRow(entry.decrypted?.read(row, actor.userId) ?? row, [
        ...exported.map(([key]) => key),
        ...(entry.currency ? ['currency'] : [])
      ])
    )
    const last = found.at(-1)
    if (!last || found.length < BATCH_SIZE) return
    after = sql`(${list(keys.map(columnSql))}) > (${list(keys.map((column, n) => sql`${String(last[`key_${n}`])}::${sql.raw(column.getSQLType())}`))})`
  }
}

const columnSql = (column: PgColumn): SQL => sql`${sql.identifier(column.name)}`

const isValue = (stored: unknown): stored is Value =>
  ['string', 'number', 'bigint', 'boolean', 'object'].includes(typeof stored)

function toRow(found: Record<string, unknown>, keys: string[]): ExportRow {
  const currency = typeof found.currency === 'string' ? found.currency : null
  const value = (key: string): Value => {
    const stored = found[key] ?? null
    if (typeof stored !== 'bigint') return isValue(stored) ? stored : null
    return MONEY.test(key) && currency ? toDecimal({ minor: stored, currency }) : stored.toString()
  }
  return Object.fromEntries(keys.map((key) => [exportName(key), value(key)]))
}

/** The decrypted answers of the application draft; the SSN is never stored. */
function draftFile(actor: UserActor): ExportFile {
  async function* pages() {
    const { draft } = await getOnboardingFacts(actor)
    yield Object.entries(draft).flatMap(([question, answer]) =>
      Object.entries(answer ?? {}).map(([field, value]) => ({ question, field, answer: value }))
    )
  }
  return { name: 'application-answers', columns: ['question', 'field', 'answer'], pages }
}
