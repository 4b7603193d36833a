/** One control of one Item. */
import type { Context } from 'hono'
import type { z } from 'zod'
import { PlaidApiError } from '@/sandbox/plaid/errors'
import type { ItemRecord, Plaid } from '@/sandbox/plaid/records'

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
    } catch (fault) {
      if (fault instanceof PlaidApiError) return c.json({ error: fault.body() }, 422)
      throw fault
    }
  })
}
