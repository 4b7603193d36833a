/** The Plaid emulator without a port: its API, controls and Link, called directly. */
import { z } from 'zod'
import { buildPlaidEmulator } from '@/sandbox/plaid/build'
import type { PlaidOptions } from '@/sandbox/plaid/records'

const Account = z.looseObject({
  account_id: z.string(),
  name: z.string(),
  type: z.string(),
  subtype: z.string().nullable(),
  mask: z.string().nullable(),
  balances: z.looseObject({
    current: z.number().nullable(),
    available: z.number().nullable(),
    iso_currency_code: z.string().nullable()
  })
})
const Row = z.looseObject({
  transaction_id: z.string(),
  account_id: z.string(),
  amount: z.number(),
  date: z.string(),
  name: z.string(),
  merchant_name: z.string().nullable(),
  pending: z.boolean(),
  pending_transaction_id: z.string().nullable(),
  iso_currency_code: z.string().nullable(),
  personal_finance_category: z.looseObject({ primary: z.string(), detailed: z.string() }).nullable()
})
export type WireRow = z.infer<typeof Row>
const Sync = z.looseObject({
  accounts: z.array(Account),
  added: z.array(Row),
  modified: z.array(Row),
  removed: z.array(z.strictObject({ transaction_id: z.string(), account_id: z.string() })),
  next_cursor: z.string(),
  has_more: z.boolean(),
  transactions_update_status: z.string()
})

export function openPlaidEmulator(options: Partial<PlaidOptions> = {}) {
  const { plaid, state } = buildPlaidEmulator({
    port: 0,
    dataDir: null,
    clientId: 'id',
    secret: 'secret',
    ...options
  })
  const request = async (path: string, body: object, headers: Record<string, string> = {}) => {
    const sent = { host: '127.0.0.1', 'content-type': 'application/json', ...headers }
    const response = await plaid.sandbox.app.request(path, {
      method: 'POST',
      headers: sent,
      body: JSON.stringify(body)
    })
    return {
      status: response.status,
      body: z.record(z.string(), z.unknown()).parse(await response.json())
    }
  }
  /** A call with keys; throws the error code of a refusal. */
  const call = async (path: string, body: object) => {
    const answer = await request(path, body, { 'plaid-client-id': 'id', 'plaid-secret': 'secret' })
    if (answer.status !== 200) throw new Error(String(answer.body.error_code))
    return answer.body
  }
  const button = async (path: string, body: object = {}) => {
    const answer = await request(`/_sandbox${path}`, body)
    if (answer.status !== 200) throw new Error(JSON.stringify(answer.body))
    return answer.body
  }
  const sync = async (access_token: string, cursor?: string, count = 500) =>
    Sync.parse(
      await call('/transactions/sync', { access_token, count, ...(cursor ? { cursor } : {}) })
    )
  return {
    plaid,
    state,
    request,
    call,
    button,
    sync,
    accounts: async (access_token: string) =>
      z.array(Account).parse((await call('/accounts/get', { access_token })).accounts),
    /** A user's exchanged Item, linked as Link does it. */
    link: async (
      wanted: {
        user?: string
        bank?: string
        username?: string
        password?: string
        webhook?: string
        days?: number
        products?: string[]
      } = {}
    ) => {
      const token = await linkToken(call, wanted)
      const session = state.findLinkToken(token)
      const login = state.login({
        linkToken: token,
        institutionId: wanted.bank ?? 'ins_109508',
        username: wanted.username ?? 'user_good',
        password: wanted.password ?? 'pass_good'
      })
      if (login.outcome.kind !== 'ok' || !session)
        throw new Error(`login: ${JSON.stringify(login.outcome)}`)
      const accountIds = login.outcome.accounts.map((account) => account.id)
      const { publicToken, metadata } = state.finishNew({
        linkToken: token,
        loginId: login.loginId,
        accountIds
      })
      const made = z
        .looseObject({ access_token: z.string(), item_id: z.string() })
        .parse(await call('/item/public_token/exchange', { public_token: publicToken }))
      return { token: made.access_token, itemId: made.item_id, metadata, session }
    },
    linkToken: (wanted: Parameters<typeof linkToken>[1] = {}) => linkToken(call, wanted)
  }
}

export type PlaidEmulator = ReturnType<typeof openPlaidEmulator>

async function linkToken(
  call: (path: string, body: object) => Promise<Record<string, unknown>>,
  wanted: {
    user?: string
    webhook?: string
    days?: number
    products?: string[]
    access_token?: string
    update?: object
  }
): Promise<string> {
  const answer = await call('/link/token/create', {
    client_name: 'Pangea',
    language: 'en',
    country_codes: ['US', 'CA', 'GB'],
    user: { client_user_id: wanted.user ?? 'user_1' },
    ...(wanted.webhook ? { webhook: wanted.webhook } : {}),
    ...(wanted.access_token
      ? { access_token: wanted.access_token, ...(wanted.update ? { update: wanted.update } : {}) }
      : {
          products: wanted.products ?? ['transactions'],
          transactions: { days_requested: wanted.days ?? 730 }
        })
  })
  return z.string().parse(answer.link_token)
}

/** The state of an app that applies every page it gets. */
export class SyncMirror {
  readonly rows = new Map<string, WireRow>()
  cursor: string | undefined
  async sync(emulator: PlaidEmulator, token: string, count = 500): Promise<void> {
    for (let more = true; more; ) {
      const page = await emulator.sync(token, this.cursor, count)
      for (const row of [...page.added, ...page.modified]) this.rows.set(row.transaction_id, row)
      for (const gone of page.removed) this.rows.delete(gone.transaction_id)
      this.cursor = page.next_cursor
      more = page.has_more
    }
  }
}
