/** Pockets, their transactions and statements (contracts: Jiko §3). */
import 'server-only'
import type { z } from 'zod'
import { type CallContext, callJiko } from '@/lib/services/jiko/client'
import {
  type BankPocket,
  type BankPortal,
  type InvestmentStrategy,
  type PocketTransaction,
  type Statement,
  toBankPocket,
  toBankPortals,
  toPocketTransaction,
  toStatement,
  toStrategies
} from '@/lib/services/jiko/map'
import {
  JikoPocket,
  JikoPortals,
  JikoStatement,
  JikoStrategies,
  JikoTransaction,
  paginated
} from '@/lib/services/jiko/wire'

/**
 * Inferred from the published update call; Jiko's page on creating pockets was not available
 * (contracts: Jiko §3).
 */
export const CUSTOMER_POCKETS = '/api/v2/customers/{customer_id}/pockets/'
/**
 * Default strategy: the shortest Treasury bills. Constant, so that a retry under one key has the
 * same bytes.
 */
const DEFAULT_STRATEGY = 'UST-4W'

/** The customer's pockets that are not closed. @throws IntegrationError. */
export async function listOpenPockets(
  customerId: string,
  { userId }: CallContext = {}
): Promise<BankPocket[]> {
  const request = {
    method: 'GET',
    route: CUSTOMER_POCKETS,
    ids: [customerId],
    query: { limit: '100' },
    userId
  } as const
  const { items } = await callJiko(request, paginated(JikoPocket))
  return items.map(toBankPocket).filter(({ status }) => status !== 'CLOSED')
}

/** The customer's open pocket; null if none. Approval may create one. @throws IntegrationError. */
export const findOpenPocket = async (
  customerId: string,
  context: CallContext = {}
): Promise<BankPocket | null> => (await listOpenPockets(customerId, context))[0] ?? null

/**
 * Opens a pocket for an approved customer. @throws IntegrationError; KEY_USED means that it may
 * exist: find it.
 */
export async function openPocket(
  request: {
    customerId: string
    name: string
    strategyId?: string
    idempotencyKey: string
  } & CallContext
): Promise<BankPocket> {
  const { customerId, name, strategyId = DEFAULT_STRATEGY, idempotencyKey, userId } = request
  const body = JSON.stringify({
    pocket_name: name,
    deposit_strategy_id: strategyId,
    reinvestment_strategy_id: strategyId
  })
  return toBankPocket(
    await callJiko(
      { method: 'POST', route: CUSTOMER_POCKETS, ids: [customerId], body, idempotencyKey, userId },
      JikoPocket
    )
  )
}

/**
 * The pocket's status and balance; the balance is null without a portfolio. @throws
 * IntegrationError NOT_FOUND.
 */
export async function getPocket(
  jikoPocketId: string,
  { userId }: CallContext = {}
): Promise<BankPocket> {
  return toBankPocket(
    await callJiko(
      { method: 'GET', route: '/api/v2/pockets/{pocket_id}/', ids: [jikoPocketId], userId },
      JikoPocket
    )
  )
}

/**
 * The pocket's routing and account numbers. Version 1, whose paths are published; a pocket's id
 * equals its account's (contracts: Jiko §3).
 */
export async function listPortals(
  jikoPocketId: string,
  { userId }: CallContext = {}
): Promise<BankPortal[]> {
  return toBankPortals(
    await callJiko(
      {
        method: 'GET',
        route: '/api/v1/jiko-accounts/{account_id}/portals/',
        ids: [jikoPocketId],
        userId
      },
      JikoPortals
    )
  )
}

/** The available strategies; yields are decimal text. @throws IntegrationError. */
export async function listStrategies({ userId }: CallContext = {}): Promise<InvestmentStrategy[]> {
  return toStrategies(
    await callJiko({ method: 'GET', route: '/api/v2/trading-strategies/', userId }, JikoStrategies)
  )
}

/**
 * One page of a pocket's transactions, newest first; `next` continues. @throws IntegrationError.
 */
export async function listPocketTransactions(
  jikoPocketId: string,
  { cursor = null, limit = 100 }: { cursor?: string | null; limit?: number } = {},
  { userId }: CallContext = {}
): Promise<{ items: PocketTransaction[]; next: string | null }> {
  const query = { order: 'desc', limit: String(limit), ...(cursor ? { cursor } : {}) }
  const request = {
    method: 'GET',
    route: '/api/v2/pockets/{pocket_id}/transactions/',
    ids: [jikoPocketId],
    query,
    userId
  } as const
  const { items, next_page } = await callJiko(request, paginated(JikoTransaction))
  return { items: items.map(toPocketTransaction), next: next_page }
}

/**
 * Sets the strategy for new and maturing money; uses the path of the published update call.
 * @throws IntegrationError.
 */
export async function chooseStrategy(
  request: { customerId: string; jikoPocketId: string; strategyId: string } & CallContext
): Promise<BankPocket> {
  const { customerId, jikoPocketId, strategyId, userId } = request
  const body = JSON.stringify({
    deposit_strategy_id: strategyId,
    reinvestment_strategy_id: strategyId
  })
  const route = `${CUSTOMER_POCKETS}{pocket_id}/`
  return toBankPocket(
    await callJiko(
      { method: 'PATCH', route, ids: [customerId, jikoPocketId], body, userId },
      JikoPocket
    )
  )
}

/**
 * One page of statements and tax forms, newest first, without links. @throws IntegrationError
 * (contracts: Jiko §3).
 */
export async function listStatements(
  customerId: string,
  { cursor = null, limit = 30 }: { cursor?: string | null; limit?: number } = {},
  { userId }: CallContext = {}
): Promise<{ items: Statement[]; next: string | null }> {
  const { items, next_page } = await fetchStatements(customerId, { cursor, limit, userId })
  return { items: items.map(toStatement), next: next_page }
}

/**
 * A link to one statement, valid for ten minutes; null if the customer has no such statement.
 * @throws IntegrationError.
 */
export async function findStatementLink(
  customerId: string,
  jikoStatementId: string,
  { userId }: CallContext = {}
): Promise<string | null> {
  for (let cursor: string | null = null, page = 0; page < MAX_STATEMENT_PAGES; page++) {
    const { items, next_page }: z.output<ReturnType<typeof statementPage>> = await fetchStatements(
      customerId,
      { cursor, limit: 150, userId }
    )
    const found = items.find(({ id }) => id === jikoStatementId)
    if (found || !next_page) return found?.pdf_download_url ?? null
    cursor = next_page
  }
  return null
}

/** Six years of all statement types fit into fewer pages of 150. */
const MAX_STATEMENT_PAGES = 5
const statementPage = () => paginated(JikoStatement)

function fetchStatements(
  customerId: string,
  { cursor, limit, userId }: { cursor: string | null; limit: number } & CallContext
) {
  const query = { order: 'desc', limit: String(limit), ...(cursor ? { cursor } : {}) }
  return callJiko(
    {
      method: 'GET',
      route: '/api/v1/customers/{customer_id}/statements/',
      ids: [customerId],
      query,
      userId
    },
    statementPage()
  )
}
