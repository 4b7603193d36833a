/** Searches what a stack stored and logged for values that must not be there. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { query } from '@/tests/e2e/support/database'
import { expect } from '@/tests/e2e/support/fixtures'
import type { Stack } from '@/tests/e2e/support/stack'

export type Text = [place: string, text: string]

/** Every row of every table, and every log. */
export async function storedTexts({ databaseUrl, logs }: Stack): Promise<Text[]> {
  const tables = await query<{ name: string }>(
    "select table_schema || '.' || quote_ident(table_name) as name from information_schema.tables where table_schema not in ('pg_catalog', 'information_schema') and table_type = 'BASE TABLE'",
    [],
    databaseUrl
  )
  expect(tables.length).toBeGreaterThan(15)
  const texts: Text[] = []
  for (const { name } of tables) {
    const rows = await query(`select to_jsonb(t) as row from ${name} t`, [], databaseUrl)
    texts.push([`table ${name}`, JSON.stringify(rows)])
  }
  for (const name of readdirSync(logs))
    texts.push([`log ${name}`, readFileSync(join(logs, name), 'utf8')])
  return texts
}

/** Where one of the values occurs. */
export const placesOf = (values: string[], texts: Text[]): string[] =>
  texts.filter(([, text]) => values.some((value) => text.includes(value))).map(([place]) => place)

/** Neither an access token nor one of the stack's keys. */
export function expectNoSecrets({ secrets }: Stack, texts: Text[]): void {
  expect(
    texts
      .filter(([, text]) => /access-(sandbox|production|development)-/.test(text))
      .map(([place]) => place),
    'access tokens'
  ).toEqual([])
  for (const [name, value] of Object.entries(secrets)) {
    const parts = value
      .split(',')
      .flatMap((part) =>
        ['ENCRYPTION_KEYS', 'AUDIT_KEYS'].includes(name) ? part.split(':').slice(1) : part
      )
    for (const part of parts) {
      expect(part.length, name).toBeGreaterThan(8)
      expect(placesOf([part], texts), name).toEqual([])
    }
  }
}
