/**
 * Target of the contract suite: Plaid's sandbox when test keys are in the environment, else the
 * emulator.
 */
import {
  Configuration,
  PlaidApi,
  PlaidEnvironments,
  Products,
  type TransactionsSyncResponse
} from 'plaid'
import { z } from 'zod'
import { startPlaid } from '@/sandbox/plaid'
import { loadSchemaCheck, type SchemaCheck } from '@/scripts/fidelity/plaid-schemas'

export const BANK = 'ins_109508'

const { PLAID_CLIENT_ID, PLAID_SECRET, PLAID_ENV = 'sandbox', PLAID_BASE_URL } = process.env
const real =
  PLAID_CLIENT_ID && PLAID_SECRET && PLAID_ENV === 'sandbox' && !PLAID_BASE_URL
    ? { id: PLAID_CLIENT_ID, secret: PLAID_SECRET }
    : null
const keys = real ?? { id: 'contract-client', secret: 'contract-secret' }

export const clientFor = (basePath: string, secret = keys.secret) =>
  new PlaidApi(
    new Configuration({
      basePath,
      baseOptions: {
        timeout: 60_000,
        proxy: false,
        headers: { 'PLAID-CLIENT-ID': keys.id, 'PLAID-SECRET': secret }
      }
    })
  )

export type Target = { plaid: PlaidApi; base: string; check: SchemaCheck; close(): Promise<void> }

/** The emulator's schemas are closed: it must not return a field that Plaid does not have. */
export async function openTarget(): Promise<Target> {
  const check = loadSchemaCheck({ closed: real === null })
  if (real) {
    const base = PlaidEnvironments.sandbox ?? ''
    return { plaid: clientFor(base), base, check, close: () => Promise.resolve() }
  }
  const running = await startPlaid({
    port: 0,
    dataDir: null,
    clientId: keys.id,
    secret: keys.secret,
    readyAfter: { initial: 150, historical: 300 }
  })
  return { plaid: clientFor(running.url), base: running.url, check, close: running.close }
}

/** An Item created without Link. */
export async function link(
  { plaid, check }: Target,
  options: {
    username?: string
    password?: string
    products?: Products[]
    days?: number
    bank?: string
  } = {}
) {
  const created = await plaid.sandboxPublicTokenCreate({
    institution_id: options.bank ?? BANK,
    initial_products: options.products ?? [Products.Transactions, Products.Auth, Products.Identity],
    options: {
      ...(options.username
        ? {
            override_username: options.username,
            override_password: options.password ?? 'pass_good'
          }
        : {}),
      transactions: { days_requested: options.days ?? 90 }
    }
  })
  check('SandboxPublicTokenCreateResponse', created.data)
  const exchanged = await plaid.itemPublicTokenExchange({ public_token: created.data.public_token })
  check('ItemPublicTokenExchangeResponse', exchanged.data)
  return {
    publicToken: created.data.public_token,
    access_token: exchanged.data.access_token,
    itemId: exchanged.data.item_id
  }
}

/** Every page from a cursor on, each validated. */
export async function syncAll(
  { plaid, check }: Pick<Target, 'plaid' | 'check'>,
  access_token: string,
  cursor?: string,
  count = 500
) {
  const pages: TransactionsSyncResponse[] = []
  for (let at = cursor; ; at = pages.at(-1)?.next_cursor) {
    const { data } = await plaid.transactionsSync({
      access_token,
      count,
      ...(at ? { cursor: at } : {})
    })
    check('TransactionsSyncResponse', data)
    pages.push(data)
    if (!data.has_more)
      return {
        pages,
        added: pages.flatMap((p) => p.added),
        removed: pages.flatMap((p) => p.removed),
        cursor: data.next_cursor
      }
  }
}

/** Polls until the history is ready; the real sandbox takes some seconds. */
export async function historyOf(target: Target, access_token: string) {
  const deadline = Date.now() + 90_000
  for (;;) {
    const found = await syncAll(target, access_token)
    if (found.pages.at(-1)?.transactions_update_status === 'HISTORICAL_UPDATE_COMPLETE')
      return found
    if (Date.now() > deadline) throw new Error('the history never came')
    await new Promise((again) => setTimeout(again, real ? 2_000 : 100))
  }
}

const Refused = z.object({
  response: z.object({
    status: z.number(),
    data: z.looseObject({ error_code: z.string(), error_type: z.string(), request_id: z.string() })
  })
})

/** The code of a refused call; also checks the envelope and status. */
export async function refusal({ check }: Target, call: Promise<unknown>): Promise<string> {
  const error = await call.then(
    () => new Error('was not refused'),
    (error: unknown) => error
  )
  const answered = Refused.safeParse(error)
  if (!answered.success) throw error
  const { data: body, status } = answered.data.response
  check('PlaidError', body)
  if (status !== (body.error_type === 'RATE_LIMIT_EXCEEDED' ? 429 : 400))
    throw new Error(`${body.error_code} came with ${status}`)
  return body.error_code
}
