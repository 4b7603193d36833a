/** Plaid's own sandbox routes, /sandbox/*. */
import { z } from 'zod'
import { PlaidApiError } from '@/sandbox/plaid/errors'
import { getInstitution, outageOf } from '@/sandbox/plaid/institutions'
import { createItem, requireItem, today } from '@/sandbox/plaid/items'
import { makePublicToken } from '@/sandbox/plaid/link/backend'
import { microdepositsFor } from '@/sandbox/plaid/link/login'
import { isIsoDate, toDay } from '@/sandbox/plaid/logins/calendar'
import { readCustomDocument } from '@/sandbox/plaid/logins/custom-user'
import { generateData } from '@/sandbox/plaid/logins/generated-data'
import type { ItemRecord, Plaid } from '@/sandbox/plaid/records'
import { fields, route } from '@/sandbox/plaid/request'
import { addRows, refreshDynamic } from '@/sandbox/plaid/transactions/changes'
import { applyChanges, changeAccounts } from '@/sandbox/plaid/transactions/ingestion'
import { bodyFor, sendForItem, sendTo, webhookError } from '@/sandbox/plaid/webhooks'

const token = { access_token: z.string() }
const isoDate = z.string().refine(isIsoDate, 'date must be a valid ISO-8601 string (YYYY-MM-DD)')

export function addSandboxRoutes(plaid: Plaid): void {
  route(plaid, '/sandbox/public_token/create', PublicTokenSchema, (body, _c, clientId) => ({
    public_token: makePublicToken(plaid, createItemWithoutLink(plaid, body, clientId).id)
  }))
  route(plaid, '/sandbox/item/reset_login', fields(token), (body) => {
    breakItem(plaid, requireItem(plaid, body.access_token), 'ITEM_LOGIN_REQUIRED')
    return { reset_login: true }
  })
  route(
    plaid,
    '/sandbox/item/fire_webhook',
    fields({ ...token, webhook_type: z.string().optional(), webhook_code: z.string() }),
    (body) => {
      fireWebhook(
        plaid,
        requireItem(plaid, body.access_token),
        body.webhook_code,
        body.webhook_type
      )
      return { webhook_fired: true }
    }
  )
  route(plaid, '/sandbox/transactions/create', TransactionsSchema, (body) =>
    createTransactions(plaid, body)
  )
  const Status = fields({
    ...token,
    account_id: z.string(),
    verification_status: z.enum(['automatically_verified', 'verification_expired'])
  })
  route(plaid, '/sandbox/item/set_verification_status', Status, (body) => {
    const item = requireItem(plaid, body.access_token)
    if (!item.accounts.some((account) => account.id === body.account_id))
      throw new PlaidApiError('INVALID_ACCOUNT_ID')
    plaid.items.put({ ...item, verification: body.verification_status })
    sendForItem(plaid, item, 'AUTH', body.verification_status.toUpperCase(), {
      account_id: body.account_id
    })
    return {}
  })
}

const TransactionsSchema = fields({
  ...token,
  transactions: z
    .array(
      z.strictObject({
        date_transacted: isoDate,
        date_posted: isoDate,
        amount: z.number(),
        description: z.string(),
        iso_currency_code: z.string().optional()
      })
    )
    .min(1)
    .max(10)
})

function createTransactions(plaid: Plaid, body: z.infer<typeof TransactionsSchema>) {
  const item = requireItem(plaid, body.access_token)
  if (item.username !== 'user_transactions_dynamic') {
    throw new PlaidApiError(
      'INVALID_FIELD',
      'transactions can only be created for Items of user_transactions_dynamic'
    )
  }
  const now = today(plaid)
  const outside = (date: string) => toDay(date) > now || toDay(date) < now - 14
  if (body.transactions.some((row) => outside(row.date_transacted) || outside(row.date_posted))) {
    throw new PlaidApiError('INVALID_FIELD', 'dates must be today or up to 14 days in the past')
  }
  const rows = body.transactions.map((row) => ({
    amount: row.amount,
    name: row.description,
    date: row.date_posted,
    authorizedDate: row.date_transacted,
    currency: row.iso_currency_code
  }))
  applyChanges(plaid, item, [...addRows(plaid, item, rows), ...refreshDynamic(plaid, item)])
  return {}
}

const PublicTokenSchema = fields({
  institution_id: z.string(),
  initial_products: z.array(z.string()).min(1),
  options: z
    .strictObject({
      webhook: z.url().optional(),
      override_username: z.string().nullish(),
      override_password: z.string().nullish(),
      transactions: z
        .strictObject({
          start_date: isoDate.optional(),
          end_date: isoDate.optional(),
          days_requested: z.number().int().min(1).max(730).optional()
        })
        .nullish()
    })
    .optional(),
  user_token: z.string().optional(),
  user_id: z.string().optional()
})

function createItemWithoutLink(
  plaid: Plaid,
  body: z.infer<typeof PublicTokenSchema>,
  clientId: string
): ItemRecord {
  const { institution_id, initial_products, options } = body
  const institution = getInstitution(institution_id)
  if (!institution) throw new PlaidApiError('INVALID_INSTITUTION')
  const outage = outageOf(institution)
  if (outage) throw new PlaidApiError(outage)
  const username = options?.override_username ?? 'user_good'
  const custom =
    username === 'user_custom' ? readCustomDocument(options?.override_password ?? '{}') : null
  if (username === 'user_custom' && !custom) throw new PlaidApiError('INVALID_CREDENTIALS')
  if (custom?.force_error) throw new PlaidApiError(custom.force_error)
  const forced = /^error_([A-Z_]+)$/.exec(options?.override_password ?? '')?.[1]
  if (forced) throw new PlaidApiError(forced)
  const day = today(plaid)
  const login = {
    seed: plaid.options.seed ?? 'pangea',
    institutionId: institution_id,
    clientUserId: 'sandbox',
    username,
    custom,
    linkedOn: day
  }
  return createItem(plaid, {
    id: plaid.sandbox.ids.text('item', 37),
    clientId,
    verification: microdepositsFor(initial_products, options?.override_password ?? ''),
    clientUserId: 'sandbox',
    institutionId: institution_id,
    username,
    custom,
    accountKeys: generateData(login, day).accounts.map((account) => account.key),
    products: initial_products,
    webhook: options?.webhook ?? null,
    daysRequested: options?.transactions?.days_requested ?? 90
  })
}

/** Sets an error on the Item and sends its webhook. */
export function breakItem(plaid: Plaid, item: ItemRecord, code: string): void {
  const broken = plaid.items.put({
    ...item,
    error: code,
    failedAt: plaid.sandbox.clock.now().toISOString()
  })
  sendForItem(plaid, broken, 'ITEM', 'ERROR', { error: webhookError(code) })
}

/** The account in the webhook is no longer listed. */
function revokeFirstAccount(plaid: Plaid, item: ItemRecord): void {
  const lastWebhook = { at: plaid.sandbox.clock.now().toISOString(), code: 'USER_ACCOUNT_REVOKED' }
  changeAccounts(
    plaid,
    plaid.items.put({
      ...item,
      accounts: item.accounts.slice(1),
      generation: item.generation + 1,
      lastWebhook
    })
  )
}

/**
 * Sends any webhook of this emulator; the Item stays unchanged, except that a revoked account is
 * removed.
 */
export function fireWebhook(
  plaid: Plaid,
  item: ItemRecord,
  code: string,
  type: string | undefined
): void {
  const body = bodyFor(plaid, item, code, type)
  if (!body)
    throw new PlaidApiError('SANDBOX_WEBHOOK_INVALID', `webhook_code ${code} cannot be fired`)
  if (!item.webhook) throw new PlaidApiError('SANDBOX_WEBHOOK_INVALID')
  if (body.webhook_type === 'TRANSACTIONS' && !item.products.includes('transactions'))
    throw new PlaidApiError('SANDBOX_PRODUCT_NOT_ENABLED')
  sendTo(plaid, item.webhook, { ...body, item_id: item.id })
  if (code === 'USER_ACCOUNT_REVOKED') revokeFirstAccount(plaid, item)
  else
    plaid.items.put({ ...item, lastWebhook: { at: plaid.sandbox.clock.now().toISOString(), code } })
}
