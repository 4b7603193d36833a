/**
 * Pockets: a bank account and a brokerage account in one. Unpublished create paths are inferred.
 */
import { z } from 'zod'
import { createPortal } from '@/sandbox/jiko/account/portals'
import { JikoApiError, notFound, readBody } from '@/sandbox/jiko/errors'
import { cursorList, singlePage } from '@/sandbox/jiko/pagination'
import { getCustomer, getPocket, type Jiko, type Pocket, usd } from '@/sandbox/jiko/state'

const STRATEGIES = [
  {
    id: 'UST-4W',
    description: '4-week U.S. Treasury bills',
    yield_to_maturity: '0.0412',
    discount_yield: '0.0405'
  },
  {
    id: 'UST-13W',
    description: '13-week U.S. Treasury bills',
    yield_to_maturity: '0.0409',
    discount_yield: '0.0399'
  },
  {
    id: 'UST-26W',
    description: '26-week U.S. Treasury bills',
    yield_to_maturity: '0.0401',
    discount_yield: '0.0386'
  },
  {
    id: 'UST-52W',
    description: '52-week U.S. Treasury bills',
    yield_to_maturity: '0.0388',
    discount_yield: '0.0370'
  }
].map((strategy) => ({ ...strategy, applicable_to: ['DEPOSIT', 'REINVESTMENT'] }))

const Strategy = z.enum(STRATEGIES.map(({ id }) => id))
const CreatePocket = z.strictObject({
  pocket_name: z.string().min(1).max(128),
  deposit_strategy_id: Strategy.default('UST-4W'),
  reinvestment_strategy_id: Strategy.nullish()
})
const UpdatePocket = z.strictObject({
  pocket_name: z.string().min(1).max(128).optional(),
  status: z.literal('CLOSED').optional(),
  closure_reason: z.string().min(1).optional(),
  deposit_strategy_id: Strategy.optional(),
  reinvestment_strategy_id: Strategy.nullable().optional()
})

export function addPockets(jiko: Jiko): void {
  const { app } = jiko.sandbox
  const { pockets } = jiko.records
  app.get('/api/v2/trading-strategies/', (c) => c.json(singlePage(STRATEGIES)))
  app.post('/api/v2/customers/:customer/pockets/', async (c) => {
    const customer = getCustomer(jiko, c.req.param('customer'))
    return c.json(render(openPocket(jiko, customer.id, await readBody(c, CreatePocket))), 201)
  })
  app.get('/api/v2/customers/:customer/pockets/', (c) => {
    const customer = getCustomer(jiko, c.req.param('customer'))
    return c.json(
      cursorList(
        c,
        pockets.filter(({ customer_id }) => customer_id === customer.id),
        (pocket) => render(pocket)
      )
    )
  })
  app.patch('/api/v2/customers/:customer/pockets/:id/', async (c) => {
    const pocket = getPocket(jiko, c.req.param('id'))
    if (pocket.customer_id !== c.req.param('customer')) throw notFound()
    return c.json(render(update(jiko, pocket, await readBody(c, UpdatePocket, 'string'))))
  })
  app.get('/api/v2/pockets/', (c) => {
    const status = c.req.query('filter[status]')
    return c.json(
      cursorList(
        c,
        pockets.filter((pocket) => !status || pocket.status === status),
        (pocket) => render(pocket)
      )
    )
  })
  app.get('/api/v2/pockets/:id/', (c) =>
    c.json(render(getPocket(jiko, c.req.param('id')), c.req.queries('omit[]')))
  )
}

export function openPocket(
  jiko: Jiko,
  customerId: string,
  wanted: {
    pocket_name: string
    deposit_strategy_id?: string | undefined
    reinvestment_strategy_id?: string | null | undefined
  }
): Pocket {
  const later = jiko.switches.get().pocketOpens === 'later'
  const pocket = jiko.records.pockets.put({
    id: jiko.sandbox.ids.uuid('pocket'),
    customer_id: customerId,
    pocket_name: wanted.pocket_name,
    status: later ? 'PENDING' : 'OPEN',
    openAt: later ? jiko.now().getTime() + jiko.options.decisionDelay : null,
    closure_reason: null,
    deposit_strategy_id: wanted.deposit_strategy_id ?? 'UST-4W',
    reinvestment_strategy_id: wanted.reinvestment_strategy_id ?? null,
    held_strategy_id: null,
    cents: 0,
    time_created: jiko.now().toISOString()
  })
  createPortal(jiko, pocket.id, 'Default')
  return pocket
}

function update(jiko: Jiko, pocket: Pocket, patch: z.infer<typeof UpdatePocket>): Pocket {
  if (patch.status === 'CLOSED') {
    const other = jiko.records.pockets.find(
      ({ id, customer_id, status }) =>
        id !== pocket.id && customer_id === pocket.customer_id && status === 'OPEN'
    )
    const missing =
      pocket.cents !== 0
        ? 'the pocket is not empty'
        : other
          ? patch.closure_reason
            ? null
            : 'closure_reason is required'
          : 'no other pocket is open'
    if (missing)
      throw new JikoApiError(
        422,
        [{ loc: ['body', 'status'], msg: missing, type: 'value_error' }],
        'string'
      )
  }
  return jiko.records.pockets.put({
    ...pocket,
    pocket_name: patch.pocket_name ?? pocket.pocket_name,
    status: patch.status ?? pocket.status,
    closure_reason: patch.closure_reason ?? pocket.closure_reason,
    deposit_strategy_id: patch.deposit_strategy_id ?? pocket.deposit_strategy_id,
    // Invested money stays; all holdings count as the first kind of bill.
    held_strategy_id:
      pocket.held_strategy_id ?? (pocket.cents > 0 ? pocket.deposit_strategy_id : null),
    reinvestment_strategy_id:
      patch.reinvestment_strategy_id === undefined
        ? pocket.reinvestment_strategy_id
        : patch.reinvestment_strategy_id
  })
}

function render(pocket: Pocket, omit: string[] = []) {
  return {
    id: pocket.id,
    pocket_name: pocket.pocket_name,
    status: pocket.status,
    portfolio: omit.includes('portfolio') || pocket.status === 'PENDING' ? null : portfolio(pocket),
    attributes: [],
    deposit_strategy_id: pocket.deposit_strategy_id,
    reinvestment_strategy_id: pocket.reinvestment_strategy_id,
    type: 'INDIVIDUAL',
    customer_id: pocket.customer_id,
    object_type: 'Pocket'
  }
}

/** The price in cents of a bill with a face value of 100 dollars. */
const BILL_CENTS = 9_968

/** Weeks after the pocket was opened. */
const maturityOf = (opened: string, strategy: string): string =>
  new Date(Date.parse(opened) + Number(strategy.replace(/\D/g, '')) * 7 * 86_400_000)
    .toISOString()
    .slice(0, 10)

function portfolio(pocket: Pocket) {
  const quantity = Math.floor(pocket.cents / BILL_CENTS)
  const strategy = pocket.held_strategy_id ?? pocket.deposit_strategy_id
  const bill = {
    type: 'FIXED_INCOME',
    quantity,
    market_value: usd(quantity * BILL_CENTS),
    cusip: cusipOf(strategy),
    jiko_mark_price: '99.68',
    description: STRATEGIES.find(({ id }) => id === strategy)?.description ?? '',
    maturity_date: maturityOf(pocket.time_created, strategy),
    yield_to_maturity: STRATEGIES.find(({ id }) => id === strategy)?.yield_to_maturity ?? null
  }
  return {
    total_value: usd(pocket.cents),
    cash: usd(pocket.cents - quantity * BILL_CENTS),
    securities: quantity ? [bill] : []
  }
}

export const cusipOf = (strategy: string): string =>
  `91279${strategy.replace(/\D/g, '').padStart(2, '0')}X9`
