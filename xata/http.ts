import 'server-only'
import { buildClient } from '@xata.io/client'
import type { Row, Statement, Transport } from './client'

const REQUEST_MS = 30_000
/** The SDK refuses other addresses when it is built; every request goes to the gateway below, never here. */
const PLACEHOLDER = 'http://app.gateway.localhost:1/db/app'

type SqlAnswer = { records?: Row[]; rows?: Row[] }
type GatewayError = { message?: string; code?: string; constraint?: string }

/**
 * @xata.io/client carrying the same statements to the gateway's POST /sql. The service the SDK was made for is gone, so its own two SQL
 * routes are answered by translating them; everything else it can do has no counterpart and fails (contracts: Xata §1, §4).
 */
export function openHttp(databaseUrl: string, gatewayUrl: string | null): Transport {
  const { hostname } = new URL(databaseUrl)
  const endpoint = `${gatewayUrl ?? `https://${hostname}`}/sql`

  const ask = async (body: unknown): Promise<{ status: number; json: unknown }> => {
    const response = await fetch(endpoint, {
      method: 'POST',
      redirect: 'error',
      headers: { 'content-type': 'application/json', 'connection-string': databaseUrl },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(REQUEST_MS)
    })
    return { status: response.status, json: await response.json() }
  }
  /** The one fetch of the process's one client: the SDK shares it between clients. */
  const translate = async (input: string, init?: { body?: unknown }) => {
    const path = new URL(input).pathname
    const sent = JSON.parse(String(init?.body ?? '{}')) as { statement?: string; params?: unknown[]; statements?: { statement: string; params?: unknown[] }[] }
    if (path.endsWith('/sql')) return reply(await ask({ query: sent.statement, params: sent.params ?? [] }), toRecords)
    if (!path.endsWith('/sql/batch')) return reply({ status: 501, json: { message: 'not offered by the gateway' } }, toRecords)
    const queries = (sent.statements ?? []).map(({ statement, params }) => ({ query: statement, params: params ?? [] }))
    return reply(await ask({ queries }), (json) => ({ results: ((json as { results?: unknown[] }).results ?? []).map(toRecords) }))
  }

  const Client = buildClient()
  const xata = new Client({ databaseURL: PLACEHOLDER, apiKey: 'unused', branch: 'main', fetch: translate })
  return {
    async one({ sql, params }) {
      const { records } = await withSqlState(() => xata.sql<Row>({ statement: sql, params: params.map(toText) }))
      return records
    },
    async batch(statements) {
      const sent = statements.map(({ sql, params }: Statement) => ({ statement: sql, params: params.map(toText) }))
      const { results } = await withSqlState(() => xata.sql.batch({ statements: sent }))
      return results.map((result) => ('records' in result ? (result.records as Row[]) : []))
    },
    close: async () => {}
  }
}

const toRecords = (json: unknown): SqlAnswer & { columns: Record<string, never> } => ({ records: (json as { rows?: Row[] }).rows ?? [], columns: {} })

/** The SDK keeps a SQLSTATE only inside `errors`, and waits for ever after a 429. */
function reply({ status, json }: { status: number; json: unknown }, shape: (json: unknown) => unknown) {
  const ok = status >= 200 && status < 300
  const error = json as GatewayError
  const body = ok
    ? shape(json)
    : { message: 'statement failed', errors: [{ message: 'statement failed', status, code: error.code, constraint: error.constraint }] }
  return {
    ok,
    status: status === 429 ? 503 : status,
    url: '',
    headers: { get: () => null },
    json: async () => body,
    text: async () => JSON.stringify(body)
  } as unknown as Response
}

async function withSqlState<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run()
  } catch (thrown) {
    const [first] = (thrown as { errors?: GatewayError[] }).errors ?? []
    throw Object.assign(new Error('statement failed'), { code: first?.code ?? null })
  }
}

/** The gateway takes parameters as JSON; Postgres reads their text. */
const toText = (value: unknown): unknown => (typeof value === 'bigint' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : value)
