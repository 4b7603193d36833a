/**
 * Builds the indexes that migrations declare with CREATE INDEX CONCURRENTLY. They are built after
 * the migration lock is released and outside of transactions, because a build waits for every
 * transaction that began before it.
 */
import 'server-only'
import { setTimeout as wait } from 'node:timers/promises'
import { openHttp } from '@/xata/drivers/http'
import { storageError } from '@/xata/drivers/storage-error'
import { openTcp } from '@/xata/drivers/tcp'
import type { Statement, Transport } from '@/xata/drivers/transport'
import type { ConcurrentIndex } from '@/xata/migration-files'

/** The limits of one build. A build that waits for old transactions delays no statement. */
const BUILD_MS = 60 * 60_000
const BUILD_LOCK_MS = 10 * 60_000
/** Shorter than the second after which a build that waits for this transaction sees a deadlock. */
const TABLE_LOCK_MS = 900
const POLL_MS = 500
/** The answer of a pooler that refuses limits as startup parameters. */
const REFUSED_PARAMETER = '08P01'
/** The index needs an operator class of an extension that this server does not have. */
const NO_OPERATOR_CLASS = '42704'
/** Among others "tuple concurrently updated". */
const INTERNAL_ERROR = 'XX000'
/** Another process builds an index of the same table, or this one, or the table is being vacuumed. */
const BUSY_CODES = new Set(['55P03', '40P01', '42P07'])

export type Place = { url: string; over: 'tcp' | 'http'; gatewayUrl: string | null }
type Options = { buildMs?: number; progress?: (doing: string) => void }

/**
 * Builds what is missing, and what an earlier build left INVALID. Safe to run concurrently and
 * repeatedly. One whose extension is missing is left out. Over the gateway, whose requests are
 * transactions, writes to the table wait for the build.
 * @throws StorageError with the name of the index that was not built.
 */
export async function buildIndexes(
  place: Place,
  indexes: ConcurrentIndex[],
  { buildMs = BUILD_MS, progress = () => {} }: Options = {}
): Promise<void> {
  const transport =
    place.over === 'http' ? openHttp(place.url, place.gatewayUrl) : openTcp(place.url)
  try {
    for (const index of indexes) {
      const began = Date.now()
      while (!(await isValid(transport, index))) {
        if (Date.now() - began > buildMs) throw failed(index, 'TIMEOUT')
        const code = await build(transport, place, index, buildMs)
        if (code === NO_OPERATOR_CLASS) {
          progress(`index ${index.name} is left out: this server lacks its extension`)
          break
        }
        progress(code ? `index ${index.name} waits: its table is locked` : `built ${index.name}`)
        if (code) await wait(POLL_MS)
      }
    }
  } finally {
    await transport.close()
  }
}

async function isValid(transport: Transport, { name }: ConcurrentIndex): Promise<boolean> {
  const [result] = await transport.batch([
    {
      sql: 'select 1 from pg_index where indexrelid = to_regclass($1) and indisvalid',
      params: [`public.${name}`]
    }
  ])
  return result?.rows.length === 1
}

/** @returns null once built, else the code of what prevents it. */
async function build(
  transport: Transport,
  place: Place,
  index: ConcurrentIndex,
  buildMs: number
): Promise<string | null> {
  try {
    await transport.batch(dropInvalid(index))
    if (place.over === 'http') await transport.batch([blockingBuild(index)])
    else await buildOverTcp(place.url, index, buildMs)
    return null
  } catch (thrown) {
    const { code } = thrown as { code: string }
    if (BUSY_CODES.has(code) || code === NO_OPERATOR_CLASS) return code
    // Another process finished the index between the check and the drop.
    if (code === INTERNAL_ERROR && (await isValid(transport, index))) return null
    throw failed(index, code)
  }
}

const failed = ({ name }: ConcurrentIndex, code: string) =>
  Object.assign(storageError(code), { message: `The index ${name} was not built: ${code}` })

/**
 * The lock is the one that a running build holds, so an index that is still invalid once it is
 * granted was left behind. Or its build is about to commit: it gives its lock back just before.
 * Postgres then refuses the drop with XX000.
 */
function dropInvalid({ name, table }: ConcurrentIndex): Statement[] {
  return [
    { sql: `select set_config('lock_timeout', '${TABLE_LOCK_MS}', true)`, params: [] },
    {
      sql: `do $drop$ begin
  lock table public."${table}" in share update exclusive mode;
  if exists (select from pg_index where indexrelid = to_regclass('public.${name}') and not indisvalid) then
    drop index public."${name}";
  end if;
end $drop$`,
      params: []
    }
  ]
}

const blockingBuild = ({ sql }: ConcurrentIndex): Statement => ({
  sql: sql.replace(/\sconcurrently\s/i, ' '),
  params: []
})

/** One statement alone, on a connection with the limits of a build. */
async function buildOverTcp(url: string, index: ConcurrentIndex, buildMs: number): Promise<void> {
  const limits = { statement_timeout: buildMs, lock_timeout: Math.min(buildMs, BUILD_LOCK_MS) }
  const run = async (serverLimits: typeof limits | undefined) => {
    const transport = openTcp(url, { statementMs: buildMs + 30_000, serverLimits })
    await transport.batch([{ sql: index.sql, params: [] }]).finally(() => transport.close())
  }
  await run(limits).catch((thrown: { code?: string }) => {
    if (thrown.code !== REFUSED_PARAMETER) throw thrown
    // The limits of the login apply then.
    return run(undefined)
  })
}
