/** Controls of this emulator under /_sandbox, for tests and the console. */
import { z } from 'zod'
import { addItemAction, addItemHealthControls } from '@/sandbox/plaid/control-items'
import { PlaidApiError } from '@/sandbox/plaid/errors'
import { describeItem } from '@/sandbox/plaid/ledger'
import { isIsoDate } from '@/sandbox/plaid/logins/calendar'
import type { Change, ItemRecord, Plaid } from '@/sandbox/plaid/records'
import { fireWebhook } from '@/sandbox/plaid/routes/sandbox'
import {
  addRows,
  generateRows,
  modifyRow,
  postPending,
  refreshDynamic,
  removeRow
} from '@/sandbox/plaid/transactions/changes'
import { openEventLog } from '@/sandbox/plaid/transactions/event-log'
import { applyChanges, ingest } from '@/sandbox/plaid/transactions/ingestion'
import { bodyFor, sendForItem } from '@/sandbox/plaid/webhooks'

const isoDate = z.string().refine(isIsoDate)
const RowSchema = z.strictObject({
  amount: z.number(),
  name: z.string(),
  date: isoDate.optional(),
  authorizedDate: isoDate.optional(),
  pending: z.boolean().optional(),
  accountId: z.string().optional(),
  currency: z.string().optional()
})
const Patch = z.strictObject({
  amount: z.number().optional(),
  name: z.string().optional(),
  date: isoDate.optional(),
  merchant: z.string().nullable().optional()
})

const ACTION_SCHEMAS = {
  /** `transactions` as given, or `count` generated ones. */
  transactions: z.strictObject({
    transactions: z.array(RowSchema).optional(),
    count: z.number().int().min(1).max(500).default(3),
    pending: z.boolean().default(false)
  }),
  postPending: z.strictObject({ ids: z.array(z.string()).optional() }),
  modify: z.strictObject({ id: z.string().optional(), patch: Patch.default({}) }),
  remove: z.strictObject({ id: z.string().optional() }),
  fire: z.strictObject({ type: z.string().optional() })
}

export function addControlRoutes(plaid: Plaid): void {
  addTransactionControls(plaid)
  addItemHealthControls(plaid)
  addWebhookControls(plaid)
  plaid.sandbox.control.get('/items', (c) =>
    c.json(plaid.items.all().map((item) => describeItem(plaid, item)))
  )
  addSwitches(plaid)
}

function addTransactionControls(plaid: Plaid): void {
  const changing = <S extends z.ZodType>(
    path: string,
    schema: S,
    make: (item: ItemRecord, body: z.output<S>) => Change[]
  ) =>
    addItemAction(plaid, path, schema, (item, body) => {
      ingest(plaid, item.id)
      return { changed: applyChanges(plaid, plaid.items.get(item.id) ?? item, make(item, body)) }
    })
  changing('transactions', ACTION_SCHEMAS.transactions, (item, body) =>
    body.transactions
      ? addRows(plaid, item, body.transactions)
      : generateRows(plaid, item, body.count, body.pending)
  )
  changing('post-pending', ACTION_SCHEMAS.postPending, (item, body) =>
    postPending(plaid, item, body.ids)
  )
  changing('modify', ACTION_SCHEMAS.modify, (item, body) =>
    modifyRow(plaid, item, body.id ?? newestRow(plaid, item), definedOnly(body.patch))
  )
  changing('remove', ACTION_SCHEMAS.remove, (item, body) =>
    removeRow(plaid, item, body.id ?? newestRow(plaid, item))
  )
  changing('shake', z.strictObject({}), (item) => refreshDynamic(plaid, item))
  addItemAction(plaid, 'mutate', z.strictObject({}), (item) => {
    plaid.switches.mutateItems.add(item.id)
    return {}
  })
}

function addWebhookControls(plaid: Plaid): void {
  addItemAction(plaid, 'fire/:code', ACTION_SCHEMAS.fire, (item, { type }, c) => {
    const code = c.req.param('code') ?? ''
    // With an explicit type any code is allowed, because Plaid adds codes without notice.
    if (type && !bodyFor(plaid, item, code, type)) sendForItem(plaid, item, type, code)
    else fireWebhook(plaid, item, code, type)
    return {}
  })
  addItemAction(plaid, 'unreadable', z.strictObject({}), (item) => {
    if (item.webhook)
      plaid.sandbox.deliveries.send({
        url: item.webhook,
        event: 'unreadable',
        body: '{"webhook_type": "TRANSACTIONS", "webho',
        headers: {}
      })
    return {}
  })
}

function addSwitches(plaid: Plaid): void {
  const { control } = plaid.sandbox
  control.post('/rate-limits', async (c) => {
    const parsed = z.strictObject({ enabled: z.boolean() }).safeParse(await c.req.json())
    return parsed.success
      ? c.json({ enabled: plaid.limits.enabled(parsed.data.enabled) })
      : c.json({ error: parsed.error.issues }, 422)
  })
  control.post('/page-size', async (c) => {
    const parsed = z
      .strictObject({ size: z.number().int().positive().nullable() })
      .safeParse(await c.req.json())
    if (!parsed.success) return c.json({ error: parsed.error.issues }, 422)
    plaid.switches.pageSize = parsed.data.size
    return c.json({ size: parsed.data.size })
  })
  control.post('/rotate-key', (c) => c.json({ kid: plaid.keys.rotate() }))
}

function newestRow(plaid: Plaid, item: ItemRecord): string {
  const row = [...openEventLog(plaid, item).rows.values()]
    .filter((r) => !r.pending)
    .sort((a, b) => b.date.localeCompare(a.date))[0]
  if (!row) throw new PlaidApiError('INVALID_FIELD', 'the Item has no transactions')
  return row.id
}

const definedOnly = <T extends object>(patch: T): { [K in keyof T]: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>
  }
