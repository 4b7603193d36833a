/** A sealed audit log for tests, and changes to it behind the app's back. */
import { randomInt } from 'node:crypto'
import * as DataService from '@/lib/services/data'
import { connect, newUser, sync, transaction } from '@/tests/support/fixtures/data'
import type { TestStorage } from '@/tests/support/storage'

export const AUDIT_TABLES = [
  'audit_entries',
  'audit_details',
  'audit_seals',
  'audit_checkpoints'
] as const

/** Entries of users, admins and the app, with and without details; all sealed. */
export async function sealedLog(storage: TestStorage, users = 4): Promise<void> {
  for (let n = 0; n < users; n++) {
    const user = { ...(await newUser()), sessionId: `sess_${n}`, network: '192.0.2.0' }
    const connectionId = await connect(user)
    await sync(storage, connectionId, [
      { added: [transaction(`t${n}`)], modified: [], removed: [] } as never
    ])
    await DataService.recordAudit(user, 'data.exported', { subject: null, detail: { rows: n } })
  }
  while ((await DataService.sealEntries({ limit: 500 })) > 0);
}

/** The problems of the log, each once. */
export async function problemsOf(heads: Parameters<typeof DataService.verifyAudit>[0] = []) {
  const { problems } = await DataService.verifyAudit(heads)
  return [...new Set(problems.map(({ problem }) => problem))].sort()
}

/** Keeps a copy of the log. @returns a function that restores it. */
export async function backUpLog({ rows }: TestStorage): Promise<() => Promise<void>> {
  for (const table of AUDIT_TABLES) {
    await rows(`drop table if exists backup_${table}`)
    await rows(`create table backup_${table} as table ${table}`)
  }
  return async () => {
    await rows('truncate audit_entries, audit_details, audit_seals, audit_checkpoints')
    for (const table of AUDIT_TABLES) await rows(`insert into ${table} table backup_${table}`)
  }
}

type Column = { table: string; column: string; type: string }

/** Every column of the log. */
export const auditColumns = ({ rows }: TestStorage): Promise<Column[]> =>
  rows<Column>(
    `select table_name as "table", column_name as "column", udt_name as type from information_schema.columns
     where table_name = any($1) order by 1, 2`,
    [AUDIT_TABLES]
  )

/**
 * Changes one byte of one random stored value, without foreign keys in the way. @returns what was
 * changed and how to undo it; null if the database refused the value, or it means the same.
 */
export async function changeOneByte({ rows }: TestStorage, { table, column, type }: Column) {
  const stored = await rows<{ at: string; value: string }>(
    `select ctid::text as at, ${column}::text as value from ${table} where ${column} is not null and ${column}::text <> ''`
  )
  const row = stored[randomInt(Math.max(1, stored.length))]
  if (!row) return null
  const position = randomInt(row.value.length)
  const byte = String.fromCharCode(randomInt(32, 127))
  const changed = row.value.slice(0, position) + byte + row.value.slice(position + 1)
  const write = async (at: string, value: string) => {
    await rows('set session_replication_role = replica')
    return rows<{ at: string; value: string }>(
      `update ${table} set ${column} = $1::${type} where ctid = $2::tid returning ctid::text as at, ${column}::text as value`,
      [value, at]
    ).finally(() => rows('set session_replication_role = origin'))
  }
  const [written] = await write(row.at, changed).catch(() => [])
  if (!written) return null
  const undo = async () => void (await write(written.at, row.value))
  if (written.value === row.value) {
    await undo()
    return null
  }
  return { what: `${table}.${column}: ${row.value} became ${written.value}`, undo }
}
