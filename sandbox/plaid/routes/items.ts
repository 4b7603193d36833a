/** /item/*: exchange, get, rotate, webhook address, removal. */
import { z } from 'zod'
import { PlaidApiError } from '@/sandbox/plaid/errors'
import { issueAccessToken, requireItem, toWireItem } from '@/sandbox/plaid/items'
import { makePublicToken } from '@/sandbox/plaid/link/backend'
import { type ItemRecord, incrementCounter, type Plaid } from '@/sandbox/plaid/records'
import { fields, route } from '@/sandbox/plaid/request'
import { startIngestion } from '@/sandbox/plaid/transactions/ingestion'
import { sendForItem } from '@/sandbox/plaid/webhooks'

const token = { access_token: z.string() }

export function addItemRoutes(plaid: Plaid): void {
  const publicToken = fields({ public_token: z.string() })
  route(plaid, '/item/public_token/exchange', publicToken, ({ public_token }, _c, clientId) =>
    exchangePublicToken(plaid, public_token, clientId)
  )
  route(plaid, '/item/public_token/create', fields(token), (body) => ({
    public_token: makePublicToken(plaid, requireItem(plaid, body.access_token).id)
  }))
  route(plaid, '/item/get', fields(token), (body) => {
    const item = requireItem(plaid, body.access_token)
    return {
      item: { ...toWireItem(item), created_at: item.createdAt },
      status: toWireStatus(item)
    }
  })
  route(
    plaid,
    '/item/remove',
    fields({
      ...token,
      reason_code: z.string().nullish(),
      reason_note: z.string().max(512).nullish()
    }),
    (body) => {
      const item = requireItem(plaid, body.access_token)
      plaid.items.put({ ...item, removed: true })
      incrementCounter(plaid, 'removals')
      return {}
    }
  )
  route(plaid, '/item/webhook/update', fields({ ...token, webhook: z.url().nullish() }), (body) => {
    const item = plaid.items.put({
      ...requireItem(plaid, body.access_token),
      webhook: body.webhook ?? null
    })
    sendForItem(plaid, item, 'ITEM', 'WEBHOOK_UPDATE_ACKNOWLEDGED', {
      new_webhook_url: item.webhook,
      error: null
    })
    return { item: toWireItem(item) }
  })
  route(plaid, '/item/access_token/invalidate', fields(token), (body) => ({
    new_access_token: issueAccessToken(plaid, requireItem(plaid, body.access_token))
  }))
}

function exchangePublicToken(plaid: Plaid, publicToken: string, clientId: string) {
  if (!publicToken.startsWith('public-sandbox-'))
    throw new PlaidApiError(
      'INVALID_PUBLIC_TOKEN',
      'provided public token is in an invalid format. expected format: public-<environment>-<identifier>'
    )
  const found = plaid.publicTokens.get(publicToken)
  if (!found || found.used || Date.parse(found.expiresAt) <= plaid.sandbox.clock.now().getTime())
    throw new PlaidApiError('INVALID_PUBLIC_TOKEN')
  const item = plaid.items.get(found.itemId)
  // A token of another client's Link is unknown here.
  if (!item || item.removed || item.clientId !== clientId)
    throw new PlaidApiError('INVALID_PUBLIC_TOKEN')
  plaid.publicTokens.put({ ...found, used: true })
  const access = issueAccessToken(plaid, item)
  incrementCounter(plaid, 'exchanges')
  startIngestion(plaid, plaid.items.get(item.id) ?? item)
  return { access_token: access, item_id: item.id }
}

const toWireStatus = (item: ItemRecord) => ({
  investments: item.products.includes('investments')
    ? { last_successful_update: item.updatedAt ?? item.createdAt, last_failed_update: null }
    : null,
  transactions: item.startedAt
    ? { last_successful_update: item.updatedAt, last_failed_update: item.failedAt }
    : null,
  last_webhook: item.lastWebhook
    ? { sent_at: item.lastWebhook.at, code_sent: item.lastWebhook.code }
    : null
})
