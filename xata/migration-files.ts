/** The migrations of xata/migrations, in the order in which they are applied. */
import 'server-only'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

export type Migration = { tag: string; when: number; hash: string; statements: string[] }

/** An index that is built while the table is written to, outside of every migration's transaction. */
export type ConcurrentIndex = { name: string; table: string; sql: string }

export const MIGRATIONS_FOLDER = join(import.meta.dirname, 'migrations')

const CONCURRENT =
  /^create\s+(?:unique\s+)?index\s+concurrently\s+(?:if\s+not\s+exists\s+)?"?(\w+)"?\s+on\s+(?:"?public"?\.)?"?(\w+)"?/i
const DROPPED = /^drop\s+index\s+(?:if\s+exists\s+)?(?:"?public"?\.)?"?(\w+)"?/i

/** @returns the migrations without the statements that build indexes concurrently. */
export function readMigrations(folder: string): Migration[] {
  return readFiles(folder).map(({ tag, when, text }) => ({
    tag,
    when,
    hash: createHash('sha256').update(text).digest('hex'),
    statements: toStatements(text).filter((statement) => !CONCURRENT.test(bare(statement)))
  }))
}

/**
 * @returns the indexes that migrations build concurrently and no later one drops, with the newest
 * definition of each.
 */
export function readConcurrentIndexes(folder: string): ConcurrentIndex[] {
  const indexes = new Map<string, ConcurrentIndex>()
  for (const statement of readFiles(folder).flatMap(({ text }) => toStatements(text))) {
    const sql = bare(statement)
    const [, name, table] = CONCURRENT.exec(sql) ?? []
    if (name && table) indexes.set(name, { name, table, sql })
    const [, dropped] = DROPPED.exec(sql) ?? []
    if (dropped) indexes.delete(dropped)
  }
  return [...indexes.values()]
}

function readFiles(folder: string): { tag: string; when: number; text: string }[] {
  const { entries } = JSON.parse(readFileSync(join(folder, 'meta', '_journal.json'), 'utf8')) as {
    entries: { tag: string; when: number }[]
  }
  return entries.map(({ tag, when }) => ({
    tag,
    when,
    text: readFileSync(join(folder, `${tag}.sql`), 'utf8')
  }))
}

const toStatements = (text: string) => text.split('--> statement-breakpoint')

/** Without the comments and blanks before it, and the semicolon after it. */
const bare = (statement: string) =>
  statement.replace(/^(?:\s*--[^\n]*\n)*\s*/, '').replace(/;?\s*$/, '')
