/** Searches for values that must be absent: in every table, log line, page and response. */
import { Writable } from 'node:stream'
import pino from 'pino'
import { currentIds } from '@/lib/platform/log'
import type { TestStorage } from '@/tests/support/storage'

/** Captures the app's log from here on, instead of printing it. */
export function captureLogs(): () => string {
  const lines: string[] = []
  const stream = new Writable({
    write(chunk, _, done) {
      lines.push(String(chunk))
      done()
    }
  })
  Object.assign(globalThis, {
    [Symbol.for('pangea.log')]: pino({ base: null, mixin: currentIds }, stream)
  })
  return () => lines.join('')
}

/** A Social Security number in every usual notation. */
export const ssnFormats = (ssn: string): string[] =>
  ['', '-', ' '].map((between) => [ssn.slice(0, 3), ssn.slice(3, 5), ssn.slice(5)].join(between))

/** The tables that contain one of the texts. */
export async function tablesContaining(
  storage: TestStorage,
  needles: readonly string[]
): Promise<string[]> {
  const tables = await storage.rows<{ name: string }>(
    `select table_name as name from information_schema.tables where table_schema = 'public'`
  )
  if (tables.length < 20) throw new Error('the tables were not found')
  const found: string[] = []
  for (const { name } of tables) {
    const text = JSON.stringify(await storage.rows(`select t::text from "${name}" t`))
    if (needles.some((needle) => text.includes(needle))) found.push(name)
  }
  return found
}

type Table = { name: string; columns: string[] }

/**
 * @returns `table.column` for each place that contains one of the texts, entirely or within a
 * longer one.
 */
export async function columnsContaining(storage: TestStorage, texts: string[]): Promise<string[]> {
  const tables =
    await storage.rows<Table>(`select table_name as name, json_agg(column_name order by column_name) as columns
    from information_schema.columns join information_schema.tables using (table_schema, table_name)
    where table_schema = 'public' and table_type = 'BASE TABLE' group by 1 order by 1`)
  const found: string[] = []
  for (const { name, columns } of tables) {
    const values = columns.map((column) => `('${column}', "${column}"::text)`)
    const hits = await storage.rows<{ column: string }>(
      `select distinct own.name as column from "${name}", lateral (values ${values}) as own (name, value),
       unnest($1::text[]) as needle (text) where strpos(own.value, needle.text) > 0 order by 1`,
      [texts]
    )
    found.push(...hits.map(({ column }) => `${name}.${column}`))
  }
  return found
}
