/** docs/security/data-map.md has one row for each column of the schema. */
import { readFileSync } from 'node:fs'
import { getTableColumns, getTableName, isTable } from 'drizzle-orm'
import { expect, test } from 'vitest'
import * as schema from '@/xata/schema'

type Row = { column: string; className: string; stored: string }

const CLASSES = ['public', 'internal', 'personal', 'sensitive', 'secret']

/** `table.column` → row, from the tables under `### \`name\`` headings. */
function readMap(text: string): Row[] {
  let table: string | null = null
  return text.split('\n').flatMap((line) => {
    if (line.startsWith('#')) table = /^### `(\w+)`$/.exec(line)?.[1] ?? null
    const [names, className, , stored] = line
      .split('|')
      .slice(1)
      .map((cell) => cell.trim())
    if (!table || !names?.startsWith('`')) return []
    return [...names.matchAll(/`(\w+)`/g)].map(([, name]) => ({
      column: `${table}.${name}`,
      className: className ?? '',
      stored: stored ?? ''
    }))
  })
}

const rows = readMap(readFileSync('docs/security/data-map.md', 'utf8'))
const columns = Object.values(schema)
  .filter((table) => isTable(table))
  .flatMap((table) =>
    Object.values(getTableColumns(table)).map(({ name }) => `${getTableName(table)}.${name}`)
  )

test('every column has one row in docs/security/data-map.md, and every row a column', () => {
  expect(columns.length).toBeGreaterThan(250)
  expect(rows.map(({ column }) => column).sort()).toEqual(columns.sort())
})

test('every row has a class', () => {
  expect(rows.filter(({ className }) => !CLASSES.includes(className))).toEqual([])
})

test('secrets, and columns that are named as encrypted or hashed, are not stored as plain text', () => {
  const isPlain = ({ stored }: Row) => !/^(encrypted|hashed)/.test(stored)
  const named = rows.filter(({ column }) => /\.sealed|_hash$/.test(column))
  expect(named.length).toBeGreaterThan(6)
  expect(
    [...rows.filter(({ className }) => className === 'secret'), ...named].filter(isPlain)
  ).toEqual([])
})

test('only columns that are named so are called encrypted', () => {
  const encrypted = rows.filter(({ stored }) => stored.startsWith('encrypted'))
  expect(encrypted.filter(({ column }) => !/\.sealed/.test(column))).toEqual([])
})
