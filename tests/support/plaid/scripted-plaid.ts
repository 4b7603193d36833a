/** A local server with scripted responses, for what the emulator never does. */
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import { inspect } from 'node:util'
import { expect } from 'vitest'
import { type IntegrationError, isIntegrationError } from '@/lib/platform/errors'
import { REQUIRED_VARIABLES, resetSingletons } from '@/tests/support/environment'

export type ScriptedRequest = {
  path: string
  body: Record<string, unknown>
  headers: IncomingHttpHeaders
}
/**
 * `hang` never responds, `cut` closes the connection, `halfway` closes it in the middle of the
 * body.
 */
export type ScriptedResponse =
  | 'hang'
  | 'cut'
  | 'halfway'
  | { status?: number; headers?: Record<string, string>; body: unknown }
export type Script = (asked: ScriptedRequest, nth: number) => ScriptedResponse

export const SECRET = 'plaid-secret-of-this-test'
export const ACCESS_TOKEN = 'access-sandbox-0b0c1f6e-of-this-test'

export async function startScriptedPlaid() {
  const asked: ScriptedRequest[] = []
  let script: Script = () => ({ status: 500, body: {} })
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const one = {
      path: request.url ?? '',
      body: JSON.parse(Buffer.concat(chunks).toString() || '{}') as Record<string, unknown>,
      headers: request.headers
    }
    asked.push(one)
    send(response, script(one, asked.length))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`
  setEnvironment({ PLAID_BASE_URL: url })
  return {
    url,
    asked,
    /** Sets the responses from now on, counting requests from 1. */
    answer: (next: Script) => {
      asked.length = 0
      script = next
      resetBreakers()
    },
    close: () => {
      server.closeAllConnections()
      return new Promise<void>((resolve) => server.close(() => resolve()))
    }
  }
}

function send(response: ServerResponse, answer: ScriptedResponse): void {
  if (answer === 'hang') return
  if (answer === 'cut') {
    response.destroy()
    return
  }
  if (answer === 'halfway') {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' })
    response.write('{"request_id": "half', () => response.destroy())
    return
  }
  const { status = 200, headers = {}, body } = answer
  response.writeHead(status, {
    'content-type': typeof body === 'string' ? 'text/html' : 'application/json',
    ...headers
  })
  response.end(typeof body === 'string' ? body : JSON.stringify(body))
}

/**
 * A complete environment, so that a test sets only relevant variables. Must come before the first
 * use of `env()`.
 */
export function setEnvironment(more: Record<string, string>): void {
  Object.assign(process.env, {
    ...REQUIRED_VARIABLES,
    PLAID_CLIENT_ID: 'client-of-this-test',
    PLAID_SECRET: SECRET,
    ...more
  })
}

/**
 * Clears the vendors' breaker state, so that one test's outage does not open the breaker of the
 * next.
 */
export const resetBreakers = (): void => resetSingletons('vendors')

/** An error response in Plaid's format. */
export const plaidError = (
  type: string,
  code: string,
  status = 400,
  headers: Record<string, string> = {}
): ScriptedResponse => ({
  status,
  headers,
  body: {
    error_type: type,
    error_code: code,
    error_message: `about ${ACCESS_TOKEN}`,
    display_message: null,
    request_id: 'req-1'
  }
})

/** The rejection of a promise, which must be one of ours and contain no secret. */
export async function integrationErrorOf(promise: Promise<unknown>): Promise<IntegrationError> {
  const thrown = await promise.then(
    () => null,
    (error: unknown) => error
  )
  if (!isIntegrationError(thrown))
    throw new Error(
      `not an IntegrationError: ${thrown instanceof Error ? thrown.name : typeof thrown}`
    )
  const shown = inspect(thrown, { depth: 20, showHidden: true }) + JSON.stringify(thrown)
  for (const secret of [SECRET, ACCESS_TOKEN, 'client-of-this-test'])
    expect(shown).not.toContain(secret)
  expect(thrown.cause).toBeUndefined()
  return thrown
}
