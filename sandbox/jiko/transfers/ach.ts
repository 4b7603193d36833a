/**
 * ACH transfers: create, list, read. DEBIT pulls money in and CREDIT sends it out, which is
 * inferred.
 */
import { z } from 'zod'
import { invalid, notFound, precondition, readBody } from '@/sandbox/jiko/errors'
import { cursorList } from '@/sandbox/jiko/pagination'
import {
  type Counterparty,
  getPocket,
  type Jiko,
  type Origination,
  type Pocket,
  usd
} from '@/sandbox/jiko/state'
import { planTransfer, startTransfer } from '@/sandbox/jiko/transfers/ach-lifecycle'

const Create = z.strictObject({
  counterparty_id: z.uuid(),
  direction: z.enum(['DEBIT', 'CREDIT']),
  amount_usdc: z.number().int().positive(),
  sec_code: z.enum(['CCD', 'WEB']).default('WEB'),
  payment_related_information: z.array(z.string().max(80)).default([]),
  company_entry_description: z
    .string()
    .regex(/^[A-Za-z0-9 ]{1,10}$/)
    .optional()
})
type Create = z.infer<typeof Create>

/** This emulator's maximum; Jiko's limits are not published. */
const MAX_CENTS = 5_000_000

export function addAch(jiko: Jiko): void {
  const { app } = jiko.sandbox
  const base = '/api/v1/jiko-accounts/:account/ach-originating/'
  const mine = (account: string) =>
    jiko.records.originations.filter(({ jiko_account_id }) => jiko_account_id === account)
  app.post(base, async (c) => {
    const pocket = getPocket(jiko, c.req.param('account'))
    const wanted = await readBody(c, Create)
    checkTransfer(jiko, pocket, wanted)
    return c.json(render(startTransfer(jiko, toOrigination(jiko, pocket, wanted))))
  })
  app.get(base, (c) => {
    const { id } = getPocket(jiko, c.req.param('account'))
    const status = c.req.query('filter[status]')
    const direction = c.req.query('direction')
    const chosen = mine(id).filter(
      (one) => (!status || one.status === status) && (!direction || one.direction === direction)
    )
    return c.json(cursorList(c, chosen.reverse(), render))
  })
  app.get(`${base}:id/`, (c) => {
    const found = mine(c.req.param('account')).find(({ id }) => id === c.req.param('id'))
    if (!found) throw notFound()
    return c.json(render(found))
  })
}

function checkTransfer(
  jiko: Jiko,
  pocket: Pocket,
  { counterparty_id, direction, amount_usdc }: Create
): void {
  if (pocket.status !== 'OPEN') throw precondition('Account is not open')
  const counterparty: Counterparty | undefined = jiko.records.counterparties.get(counterparty_id)
  if (counterparty?.customer_id !== pocket.customer_id)
    throw invalid(['body', 'counterparty_id'], 'no such counterparty')
  if (counterparty.status !== 'VERIFIED') throw invalid(['body', 'counterparty_id'], 'not verified')
  if (amount_usdc > MAX_CENTS) throw invalid(['body', 'amount_usdc'], `more than ${MAX_CENTS}`)
  if (direction === 'CREDIT' && amount_usdc > pocket.cents)
    throw invalid(['body', 'amount_usdc'], 'insufficient funds')
}

function toOrigination(jiko: Jiko, pocket: Pocket, wanted: Create): Origination {
  const pull = wanted.direction === 'DEBIT'
  return {
    id: jiko.sandbox.ids.uuid('origination'),
    jiko_account_id: pocket.id,
    counterparty_id: wanted.counterparty_id,
    direction: wanted.direction,
    cents: wanted.amount_usdc,
    sec_code: wanted.sec_code,
    payment_related_information:
      jiko.switches.get().transferReference === 'kept' ? wanted.payment_related_information : [],
    company_entry_description:
      wanted.company_entry_description ?? (pull ? 'Funding TX' : 'Release TX'),
    status: 'PENDING',
    return_code: null,
    time_created: jiko.now().toISOString(),
    steps: planTransfer(jiko, pull, wanted.amount_usdc)
  }
}

function render({ cents, steps: _steps, return_code, ...origination }: Origination) {
  return {
    ...origination,
    amount: usd(cents),
    ...(return_code ? { return_code } : {}),
    object_type: 'AchOrigination'
  }
}
