/** Access to Postgres over TCP or Xata's HTTPS gateway, with identical queries and results. */
import 'server-only'
import type { SQLWrapper } from 'drizzle-orm'
import { PgDialect } from 'drizzle-orm/pg-core'
import { drizzle, type PgRemoteDatabase } from 'drizzle-orm/pg-proxy'
import { env } from '@/lib/platform/env'
import { singleton } from '@/lib/platform/globals'
import { openHttp } from '@/xata/drivers/http'
import { openTcp } from '@/xata/drivers/tcp'
import {
  parseValues,
  type QueryResult,
  type Row,
  toParameter,
  toRows
} from '@/xata/drivers/text-format'
import type { PoolUse, Statement, Transport } from '@/xata/drivers/transport'
import { type Scope, scopeStatement } from '@/xata/scope'

/** Every statement is sent with the scope that row-level security enforces. */
export type Database = {
  /** Drizzle's query builder. It has no transactions: a write is one statement or one `runAll` batch. */
  orm(scope: Scope): PgRemoteDatabase
  /** Runs one statement; returns the columns with their types, and the values as Postgres text. */
  run(scope: Scope, query: SQLWrapper): Promise<QueryResult>
  /** Runs at most 98 statements in one transaction, each seeing the changes of those before it. */
  runAll(scope: Scope, queries: SQLWrapper[]): Promise<QueryResult[]>
  /** `run` for every user, with parsed rows: int8 is a bigint, an instant ISO text, a date text, jsonb its value. */
  query(query: SQLWrapper): Promise<Row[]>
  /** `runAll` for every user, with parsed rows. */
  transaction(queries: SQLWrapper[]): Promise<Row[][]>
  /** The use of the connection pools, by name. */
  use(): Record<string, PoolUse>
  close(): Promise<void>
}

/** Longer than the server's own limit of a job's statement (xata/session-settings.ts). */
const JOB_STATEMENT_MS = 65_000

type Listener = (sql: string) => void
const listeners = () => singleton('statement-listeners', () => new Set<Listener>())

/** Calls back for every statement of this process. @returns a function that stops it. */
export function onStatement(listener: Listener): () => void {
  listeners().add(listener)
  return () => listeners().delete(listener)
}

const dialect = new PgDialect()

function compile(query: SQLWrapper): Statement {
  const { sql, params } = dialect.sqlToQuery(query.getSQL())
  return prepare(sql, params)
}

function prepare(sql: string, params: unknown[]): Statement {
  for (const listener of listeners()) listener(sql)
  return { sql, params: params.map(toParameter) }
}

/** @param jobs the transport of statements for every user; by default the same one. */
export function openDatabase(transport: Transport, jobs: Transport = transport): Database {
  const send = (scope: Scope, statements: Statement[]) =>
    (scope === 'every_user' ? jobs : transport).batch(statements, scopeStatement(scope))
  const runAll = (scope: Scope, queries: SQLWrapper[]) => send(scope, queries.map(compile))
  const run = async (scope: Scope, query: SQLWrapper) =>
    firstOf(await send(scope, [compile(query)]))
  return {
    run,
    runAll,
    orm: (scope) =>
      drizzle(async (sql, params) => ({
        rows: parseValues(firstOf(await send(scope, [prepare(sql, params)])))
      })),
    query: async (query) => toRows(await run('every_user', query)),
    transaction: async (queries) => (await runAll('every_user', queries)).map(toRows),
    use: () => {
      const pools = {
        app: transport.use?.(),
        ...(jobs === transport ? {} : { jobs: jobs.use?.() })
      }
      return Object.fromEntries(
        Object.entries(pools).flatMap(([name, use]) => (use ? [[name, use]] : []))
      )
    },
    close: async () => {
      await Promise.all([...new Set([transport, jobs])].map((one) => one.close()))
    }
  }
}

const firstOf = ([result]: QueryResult[]): QueryResult => result ?? { fields: [], rows: [] }

/**
 * The process's database client, opened on first use. @throws StorageError from every failed
 * statement.
 */
export const database = (): Database =>
  singleton('database', () => {
    const { url, workerUrl, transport, gatewayUrl, connections, workerConnections } = env().database
    const open = (address: string, limits: Parameters<typeof openTcp>[1]) =>
      transport === 'http' ? openHttp(address, gatewayUrl) : openTcp(address, limits)
    const app = open(url, { connections })
    const jobs = () =>
      open(workerUrl, { connections: workerConnections, statementMs: JOB_STATEMENT_MS })
    return openDatabase(app, workerUrl === url ? app : jobs())
  })
