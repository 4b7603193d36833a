import 'server-only'
import type { UserActor } from '@/lib/domain/users/actor'
import { RequestError } from '@/lib/platform/errors'
import * as DataService from '@/lib/services/data'
import * as BankingService from '@/lib/services/jiko'
import { refreshAccount } from '@/lib/services/pangea/account/open-account'
import { requireNoLock } from '@/lib/services/pangea/protection/require-no-lock'

export type Investments = {
  cash: BankingService.BankPocket['cash']
  securities: BankingService.PocketSecurity[]
  /** The strategy for incoming money; null if Jiko does not report it. */
  strategyId: string | null
  strategies: BankingService.InvestmentStrategy[]
}

/** The user's Jiko account. @throws RequestError not_found. */
export async function requireBankAccount(actor: UserActor): Promise<DataService.BankAccount> {
  const account = await DataService.findBankAccount(actor)
  if (!account) throw new RequestError('not_found', 'You do not have an account yet.')
  return account
}

/**
 * The account's holdings and the available strategies, read live. @throws RequestError not_found;
 * IntegrationError.
 */
export async function getInvestments(actor: UserActor): Promise<Investments> {
  const { jikoPocketId } = await requireBankAccount(actor)
  const { userId } = actor
  const [pocket, strategies] = await Promise.all([
    BankingService.getPocket(jikoPocketId, { userId }),
    BankingService.listStrategies({ userId })
  ])
  return {
    cash: pocket.cash,
    securities: pocket.securities,
    strategyId: pocket.depositStrategyId,
    strategies: strategies.filter(({ forDeposits }) => forDeposits)
  }
}

/**
 * Sets the strategy for incoming and maturing money; invested money stays until it matures.
 * @throws RequestError not_found, invalid, conflict while the account is not open or locked;
 * IntegrationError.
 */
export async function chooseStrategy(
  actor: UserActor,
  { strategyId }: { strategyId: string }
): Promise<Investments> {
  await DataService.requireNoDeletion(actor)
  await requireNoLock(actor)
  const account = await requireBankAccount(actor)
  const { userId } = actor
  const { strategies } = await getInvestments(actor)
  if (!strategies.some(({ id }) => id === strategyId))
    throw new RequestError('invalid', 'Choose one of the listed ways to invest.', {
      fields: { strategy: 'Choose one of the listed ways to invest' }
    })
  if (account.status !== 'OPEN')
    throw new RequestError('conflict', 'This can be changed only while the account is open.')
  await BankingService.chooseStrategy({
    customerId: account.jikoCustomerId,
    jikoPocketId: account.jikoPocketId,
    strategyId,
    userId
  })
  await DataService.recordAudit(actor, 'bank_account.strategy_chosen', {
    subject: account.id,
    detail: { strategyId }
  })
  await refreshAccount(actor, { id: account.id, userId, jikoPocketId: account.jikoPocketId })
  return getInvestments(actor)
}

/**
 * One page of the account's transactions, newest first. @throws RequestError not_found, invalid;
 * IntegrationError.
 */
export async function listAccountTransactions(
  actor: UserActor,
  { cursor, limit }: { cursor?: string | undefined; limit: number }
): Promise<{ items: BankingService.PocketTransaction[]; next: string | null }> {
  const { jikoPocketId } = await requireBankAccount(actor)
  return withInvalidCursorError(
    BankingService.listPocketTransactions(
      jikoPocketId,
      { cursor: cursor ?? null, limit },
      { userId: actor.userId }
    ),
    cursor
  )
}

/**
 * One page of statements and tax forms, without links. @throws RequestError not_found, invalid;
 * IntegrationError.
 */
export async function listAccountStatements(
  actor: UserActor,
  { cursor, limit }: { cursor?: string | undefined; limit: number }
): Promise<{ items: BankingService.Statement[]; next: string | null }> {
  const { jikoCustomerId } = await requireBankAccount(actor)
  return withInvalidCursorError(
    BankingService.listStatements(
      jikoCustomerId,
      { cursor: cursor ?? null, limit },
      { userId: actor.userId }
    ),
    cursor
  )
}

/**
 * A short-lived link to one of the user's statements; never stored. @throws RequestError
 * not_found; IntegrationError.
 */
export async function openStatement(
  actor: UserActor,
  { id }: { id: string }
): Promise<{ url: string }> {
  const account = await requireBankAccount(actor)
  const url = await BankingService.findStatementLink(account.jikoCustomerId, id, {
    userId: actor.userId
  })
  if (!url) throw new RequestError('not_found', 'This statement does not exist.')
  await DataService.recordAudit(actor, 'account.statement_opened', {
    subject: account.id,
    detail: { statement: id }
  })
  return { url }
}

/**
 * One page of trades, newest first, without links. @throws RequestError not_found, invalid;
 * IntegrationError.
 */
export async function listTrades(
  actor: UserActor,
  { cursor, limit }: { cursor?: string | undefined; limit: number }
): Promise<{ items: BankingService.Trade[]; next: string | null }> {
  const { jikoPocketId } = await requireBankAccount(actor)
  return withInvalidCursorError(
    BankingService.listTrades(
      jikoPocketId,
      { cursor: cursor ?? null, limit },
      { userId: actor.userId }
    ),
    cursor
  )
}

/**
 * A short-lived link to a trade confirmation; never stored. @throws RequestError not_found;
 * IntegrationError.
 */
export async function openTradeConfirmation(
  actor: UserActor,
  { id }: { id: string }
): Promise<{ url: string }> {
  const account = await requireBankAccount(actor)
  const url = await BankingService.findTradeConfirmation(account.jikoPocketId, id, {
    userId: actor.userId
  })
  if (!url) throw new RequestError('not_found', 'There is no confirmation of this trade.')
  await DataService.recordAudit(actor, 'account.confirmation_opened', {
    subject: account.id,
    detail: { trade: id }
  })
  return { url }
}

/** Page tokens are opaque; an unknown one came from an edited URL. */
async function withInvalidCursorError<T>(page: Promise<T>, cursor: string | undefined): Promise<T> {
  return page.catch((thrown: unknown) => {
    const refused = thrown instanceof Error && 'code' in thrown && thrown.code === 'REFUSED'
    throw cursor && refused
      ? new RequestError('invalid', 'This page of the list no longer exists. Load the list again.')
      : thrown
  })
}
