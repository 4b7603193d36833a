/** Where a text is stored, in any table and column. */
import type { TestStorage } from '@/tests/support/storage'

type Column = { table_name: string; column_name: string }

/**
 * @returns `table.column` for each place that contains one of the texts, entirely or within a
 * longer one.
 */
export async function columnsContaining(storage: TestStorage, texts: string[]): Promise<string[]> {
  const columns =
    await storage.rows<Column>(`select table_name, column_name from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
    where c.table_schema = 'public' and t.table_type = 'BASE TABLE' order by 1, 2`)
  const found: string[] = []
  for (const { table_name, column_name } of columns) {
    const [hit] = await storage.rows(
      `select 1 from "${table_name}" where exists (select 1 from unnest($1::text[]) n where strpos("${column_name}"::text, n) > 0) limit 1`,
      [texts]
    )
    if (hit) found.push(`${table_name}.${column_name}`)
  }
  return found
}
