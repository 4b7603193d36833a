/** AccountService against the Plaid emulator over HTTP, with the helpers of its contract tests. */
import { createServer, type IncomingHttpHeaders } from 'node:http'
import { inspect } from 'node:util'
import { expect } from 'vitest'
import type { SyncedTransaction } from '@/lib/domain/connections/sync-page'
import { type IntegrationError, isIntegrationError } from '@/lib/platform/errors'
import * as AccountService from '@/lib/services/plaid'
import { startPlaid } from '@/sandbox/plaid'
import { userActor } from '@/tests/support/actors'
import { resetSingletons } from '@/tests/support/environment'
import { resetBreakers, setEnvironment } from '@/tests/support/plaid/scripted-plaid'

const CLIENT = 'contract-client-id'
const SECRET = 'contract-plaid-secret'
export const ada = userActor('user_ada')
export const context = { userId: ada.userId }

export type Json = Record<string, unknown>
export type Item = { accessToken: string; plaidItemId: string }
export type PlaidFixture = Awaited<ReturnType<typeof openPlaidFixture>>

export async function openPlaidFixture() {
  const receiver = await startReceiver()
  const plaid = await startPlaid({
    port: 0,
    dataDir: null,
    clientId: CLIENT,
    secret: SECRET,
    readyAfter: { initial: 60_000, historical: 120_000 }
  })
  const setSecret = (secret: string) => {
    resetSingletons('env', 'plaid')
    setEnvironment({
      PLAID_BASE_URL: `${plaid.url}/`,
      PLAID_CLIENT_ID: CLIENT,
      PLAID_SECRET: secret
    })
  }
  setSecret(SECRET)

  const post = createPlaidCaller(plaid.url)
  const control = (path: string, body: Json = {}) => post(`/_sandbox${path}`, body)
  const publicToken = async (institution = 'ins_109508'): Promise<string> => {
    const options = {
      override_username: 'user_good',
      override_password: 'pass_good',
      webhook: receiver.url
    }
    return String(
      (
        await post('/sandbox/public_token/create', {
          institution_id: institution,
          initial_products: ['transactions'],
          options
        })
      ).public_token
    )
  }
  return {
    webhookUrl: receiver.url,
    post,
    control,
    publicToken,
    setSecret,
    restoreSecret: () => setSecret(SECRET),
    /** A new Plaid emulator, and an app without earlier state about it. */
    reset: async () => {
      await control('/reset')
      resetBreakers()
      resetSingletons('plaid.webhook-keys')
    },
    /** Waits until Plaid has the whole history. */
    ready: () => control('/clock', { advance: 3 * 60_000 }),
    fault: (kind: string, path: string, more: Json = {}) =>
      control('/faults', { path, kind, times: 1, ...more }),
    link: async (institution?: string): Promise<Item> =>
      AccountService.exchangePublicToken(ada, await publicToken(institution)),
    /** Makes Plaid send one webhook, and returns it as received. */
    fireWebhook: async ({ plaidItemId }: Item, code: string) => {
      receiver.got.length = 0
      await control(`/items/${plaidItemId}/fire/${code}`)
      await plaid.deliveries.settle()
      const found = receiver.got.find(({ raw }) =>
        new TextDecoder().decode(raw).includes(`"${code}"`)
      )
      if (!found) throw new Error(`no ${code} came`)
      return found
    },
    close: async () => {
      await plaid.close()
      await receiver.close()
    }
  }
}

/** A request to the emulator, without the app. */
function createPlaidCaller(url: string) {
  return async (path: string, body: Json): Promise<Json> => {
    const headers = {
      'content-type': 'application/json',
      'plaid-client-id': CLIENT,
      'plaid-secret': SECRET
    }
    const response = await fetch(`${url}${path}`, {
      method: 'POST',
      headers,
      body: JSON.stringify(body)
    })
    if (!response.ok) throw new Error(`${path} answered ${response.status}`)
    return (await response.json()) as Json
  }
}

/** All changes since a cursor, combined as the storage would. */
export async function syncAll({ accessToken }: Item, cursor: string | null = null) {
  const rows = new Map<string, SyncedTransaction>()
  const diary: string[] = []
  let end: AccountService.SyncEnd | null = null
  for await (const { page, restarted, end: last } of AccountService.readChanges(
    context,
    accessToken,
    cursor
  )) {
    if (restarted) {
      diary.push('restart')
      rows.clear()
    }
    diary.push('page')
    for (const row of [...page.added, ...page.modified]) rows.set(row.plaidTransactionId, row)
    for (const id of page.removed) rows.delete(id)
    end = last
  }
  return { nextCursor: end?.nextCursor ?? null, history: end?.history, rows, diary }
}

/** The error of a rejected call: one of ours, without any sent value. */
export async function integrationErrorOf(
  promise: Promise<unknown>,
  ...secrets: string[]
): Promise<IntegrationError> {
  const thrown = await promise.then(
    () => null,
    (error: unknown) => error
  )
  if (!isIntegrationError(thrown)) throw new Error('not an IntegrationError')
  const shown = `${inspect(thrown, { depth: 20, showHidden: true })}${JSON.stringify(thrown)}${thrown.stack}`
  for (const secret of [SECRET, CLIENT, ...secrets]) expect(shown).not.toContain(secret)
  return thrown
}

async function startReceiver() {
  const got: { raw: Uint8Array; headers: Headers }[] = []
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    got.push({ raw: new Uint8Array(Buffer.concat(chunks)), headers: toHeaders(request.headers) })
    response.end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`
  const close = () => {
    server.closeAllConnections()
    return new Promise<void>((resolve) => server.close(() => resolve()))
  }
  return { url, got, close }
}

const toHeaders = (headers: IncomingHttpHeaders) =>
  new Headers(
    Object.entries(headers).map(([name, value]): [string, string] => [name, String(value)])
  )
