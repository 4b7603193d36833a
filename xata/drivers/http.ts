import 'server-only'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { buildClient } from '@xata.io/client'
import { singleton } from '@/lib/platform/globals'
import { detailOf, storageError } from '@/xata/drivers/storage-error'
import type { QueryResult } from '@/xata/drivers/text-format'
import type { Statement, Transport } from '@/xata/drivers/transport'

/** A sleeping branch takes up to 50 s to wake (docs/contracts/xata.md §1). */
const REQUEST_MS = 60_000
/**
 * Output formats must not depend on settings of the role or database; a request has no session to
 * set them in.
 */
const FIXED_SETTINGS: Statement = {
  sql: "select set_config('DateStyle', 'ISO', true), set_config('TimeZone', 'UTC', true)",
  params: []
}

type SqlRequest = { statement: string; params?: unknown[] }
type GatewayResult = { fields?: { name: string; dataTypeID: number }[]; rows?: unknown[][] }
type Reply = { status: number; json: unknown }
type Send = (body: unknown) => Promise<Reply>

/** The SDK calls the `fetch` of its newest client for all of them, so each has a port as its name. */
const clients = () => singleton('gateway-clients', () => new Map<string, Send>())

/**
 * @xata.io/client as transport to the gateway's POST /sql. The service the SDK was made for no
 * longer exists, so its batch route is translated and everything else is refused
 * (docs/contracts/xata.md).
 */
export function openHttp(databaseUrl: string, gatewayUrl: string | null): Transport {
  const { database, branch } = readXatarc()
  const endpoint = `${gatewayUrl ?? `https://${new URL(databaseUrl).hostname}`}/sql`
  const Client = buildClient()
  const port = String(clients().size + 1)
  clients().set(port, (body) => postStatements(endpoint, databaseUrl, body))
  // The SDK requires a URL of this form and a key; only the port is read.
  const databaseURL = `http://app.gateway.localhost:${port}/db/${database}`
  const xata = new Client({
    databaseURL,
    branch,
    apiKey: 'unused',
    fetch: translate
  })
  const batch = async (statements: Statement[], first?: Statement) => {
    const settings = [FIXED_SETTINGS, ...(first ? [first] : [])]
    const sent = [...settings, ...statements].map(({ sql, params }) => ({ statement: sql, params }))
    const { results } = await xata.sql
      .batch({ statements: sent, responseType: 'array' })
      .catch(throwStorageError)
    return results.slice(settings.length).map(toQueryResult)
  }
  return { batch, close: async () => {} }
}

/** Never throws and never returns 429, after which the SDK would wait forever. */
async function postStatements(
  endpoint: string,
  connectionString: string,
  body: unknown
): Promise<Reply> {
  try {
    const response = await fetch(endpoint, {
      method: 'POST',
      redirect: 'error',
      headers: {
        'content-type': 'application/json',
        'connection-string': connectionString,
        'raw-text-output': 'true'
      },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(REQUEST_MS)
    })
    const json: unknown = await response.json().catch(() => null)
    if (json === null)
      return { status: 502, json: { code: response.ok ? 'BAD_RESPONSE' : 'UNREACHABLE' } }
    return { status: response.status === 429 ? 503 : response.status, json }
  } catch (thrown) {
    return {
      status: 503,
      json: {
        code: thrown instanceof Error && thrown.name === 'TimeoutError' ? 'TIMEOUT' : 'UNREACHABLE'
      }
    }
  }
}

/** Translates the SDK's batch route to the gateway's. */
async function translate(input: string, init?: { body?: unknown }): Promise<Response> {
  const { pathname, port } = new URL(input)
  const send = clients().get(port)
  if (!send || !pathname.endsWith('/sql/batch'))
    return toSdkResponse({ status: 501, json: { code: 'UNSUPPORTED' } }, toSdkResult)
  const { statements = [] } = JSON.parse(String(init?.body ?? '{}')) as {
    statements?: SqlRequest[]
  }
  const queries = statements.map(({ statement, params = [] }) => ({
    query: statement,
    params,
    arrayMode: true
  }))
  return toSdkResponse(await send({ queries }), (json) => ({
    results: ((json as { results?: unknown[] }).results ?? []).map(toSdkResult)
  }))
}

const toSdkResult = (json: unknown) => {
  const { rows = [], fields = [] } = json as GatewayResult
  return { rows, columns: fields }
}

/**
 * The SDK keeps only `errors` of an error body, so code and detail go there. The message may quote
 * rows and is dropped.
 */
function toSdkResponse({ status, json }: Reply, shape: (json: unknown) => unknown): Response {
  const ok = status >= 200 && status < 300
  const { code = 'UNREACHABLE', ...refusal } = (json ?? {}) as { code?: string }
  return Response.json(
    ok
      ? shape(json)
      : {
          message: 'statement failed',
          errors: [{ message: detailOf({ ...refusal, code }), status, code }]
        },
    { status }
  )
}

function throwStorageError(thrown: unknown): never {
  const [first] = (thrown as { errors?: { code?: string; message?: string }[] }).errors ?? []
  throw storageError(first?.code ?? 'BAD_RESPONSE', first?.message)
}

function toQueryResult(result: unknown): QueryResult {
  const { rows, columns } = result as {
    rows: unknown[][]
    columns: NonNullable<GatewayResult['fields']>
  }
  return { rows, fields: columns.map(({ name, dataTypeID }) => ({ name, type: dataTypeID })) }
}

/**
 * Which database and branch this project is meant for. Today's Xata tools do not read that file;
 * this does.
 */
function readXatarc(): { database: string; branch: string } {
  return JSON.parse(readFileSync(join(process.cwd(), '.xatarc'), 'utf8')) as {
    database: string
    branch: string
  }
}
