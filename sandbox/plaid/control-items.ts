/** Controls of one Item, and those that break or repair it. */
import type { Context } from 'hono'
import { z } from 'zod'
import { isKnownCode, PlaidApiError } from '@/sandbox/plaid/errors'
import type { ItemRecord, Plaid } from '@/sandbox/plaid/records'
import { breakItem } from '@/sandbox/plaid/routes/sandbox'
import { ingest } from '@/sandbox/plaid/transactions/ingestion'
import { sendForItem, webhookError } from '@/sandbox/plaid/webhooks'

type ItemAction<S extends z.ZodType> = (
  item: ItemRecord,
  body: z.output<S>,
  c: Context
) => Record<string, unknown>

/** A control of one Item: `POST /_sandbox/items/:id/<path>`. */
export function addItemAction<S extends z.ZodType>(
  plaid: Plaid,
  path: string,
  schema: S,
  act: ItemAction<S>
): void {
  plaid.sandbox.control.post(`/items/:id/${path}`, async (c) => {
    const item = plaid.items.get(c.req.param('id') ?? '')
    if (!item) return c.json({ error: 'no such item' }, 404)
    const body = schema.safeParse(await c.req.json().catch(() => ({})))
    if (!body.success) return c.json({ error: body.error.issues }, 422)
    try {
      return c.json({ ok: true, ...act(item, body.data, c) })
    } catch (error) {
      if (error instanceof PlaidApiError) return c.json({ error: error.body() }, 422)
      throw error
    }
  })
}

export function addItemHealthControls(plaid: Plaid): void {
  addItemAction(
    plaid,
    'reset-login',
    z.strictObject({ code: z.string().default('ITEM_LOGIN_REQUIRED') }),
    (item, { code }) => {
      if (!isKnownCode(code)) throw new PlaidApiError('INVALID_FIELD', `unknown code ${code}`)
      breakItem(plaid, item, code)
      return {}
    }
  )
  addItemAction(plaid, 'repair', z.strictObject({}), (item) => {
    const healed = plaid.items.put({ ...item, error: null })
    sendForItem(plaid, healed, 'ITEM', 'LOGIN_REPAIRED')
    ingest(plaid, item.id)
    return {}
  })
  addItemAction(plaid, 'revoke', z.strictObject({}), (item) => {
    const revoked = plaid.items.put({ ...item, error: 'USER_PERMISSION_REVOKED' })
    sendForItem(plaid, revoked, 'ITEM', 'USER_PERMISSION_REVOKED', {
      error: webhookError('USER_PERMISSION_REVOKED')
    })
    return {}
  })
  addItemAction(
    plaid,
    'expire',
    z.strictObject({ days: z.number().default(7) }),
    (item, { days }) => {
      const consentExpiresAt = new Date(
        plaid.sandbox.clock.now().getTime() + days * 86_400_000
      ).toISOString()
      sendForItem(
        plaid,
        plaid.items.put({ ...item, consentExpiresAt }),
        'ITEM',
        'PENDING_EXPIRATION',
        { consent_expiration_time: consentExpiresAt }
      )
      return {}
    }
  )
}
