/** The vendor's sandbox routes: send any event, simulate incoming money. */
import { z } from 'zod'
import { requireOpenPortal } from '@/sandbox/jiko/account/portals'
import { credit } from '@/sandbox/jiko/account/transactions'
import { readBody } from '@/sandbox/jiko/errors'
import type { Jiko } from '@/sandbox/jiko/state'
import { EventSchema, publish } from '@/sandbox/jiko/webhooks/events'

const Fund = z.strictObject({
  account_id: z.uuid(),
  amount_usdc: z.number().int().min(1).max(4_999_999),
  company_name: z.string().min(1).max(16).default('FakeCompany'),
  count: z.number().int().min(1).max(9).default(1)
})

export function addSandboxActions(jiko: Jiko): void {
  const { app } = jiko.sandbox
  app.post('/api/v1/sandbox/webhook/', async (c) => {
    publish(jiko, await readBody(c, EventSchema))
    return c.body(null, 202)
  })
  app.post('/api/v1/sandbox/fund/', async (c) => {
    const { account_id, amount_usdc, company_name, count } = await readBody(c, Fund)
    requireOpenPortal(jiko, account_id)
    for (let n = 0; n < count; n++) credit(jiko, account_id, amount_usdc, company_name)
    return c.body(null, 202)
  })
}
