/** The account at the bank as it crosses to the browser. */
import type { BankTransactionResponse, InvestmentsResponse, StatementResponse } from '@/lib/api/bank-account'
import type { TradeResponse } from '@/lib/api/transfers'
import type { PangeaService } from '@/lib/services'
import { toWireMoney } from '@/app/_lib/serializers/resources'

type Investments = Awaited<ReturnType<typeof PangeaService.getInvestments>>
type Movement = Awaited<ReturnType<typeof PangeaService.listAccountTransactions>>['items'][number]
type Trade = Awaited<ReturnType<typeof PangeaService.listTrades>>['items'][number]
type Statement = Awaited<ReturnType<typeof PangeaService.listAccountStatements>>['items'][number]

export const toWireInvestments = ({
  cash,
  securities,
  strategyId,
  strategies
}: Investments): InvestmentsResponse => ({
  cash: toWireMoney(cash),
  securities: securities.map(({ description, quantity, value, maturesOn, yieldToMaturity }) => ({
    description,
    quantity,
    value: toWireMoney(value),
    maturesOn,
    yieldToMaturity
  })),
  strategyId,
  strategies: strategies.map(({ id, description, yieldToMaturity }) => ({
    id,
    description,
    yieldToMaturity
  }))
})

export const toWireBankTransaction = (movement: Movement): BankTransactionResponse => ({
  id: movement.jikoTransactionId,
  title: movement.title,
  type: movement.type,
  amount: { minor: movement.amount.minor.toString(), currency: movement.amount.currency },
  pending: movement.pending,
  bookedAt: movement.bookedAt,
  settledAt: movement.settledAt
})

/** The bank's kinds of trade, in words; an unknown one by its direction. */
const TRADES: Record<string, string> = {
  MATURITY: 'Treasury bills matured',
  REINVESTMENT: 'Treasury bills bought again'
}

export const toWireTrade = ({ jikoTradeId, kind, sold, amount, at }: Trade): TradeResponse => ({
  id: jikoTradeId,
  title: TRADES[kind] ?? (sold ? 'Treasury bills sold' : 'Treasury bills bought'),
  amount: toWireMoney(amount),
  at
})

export const toWireStatement = ({ jikoStatementId, kind, period }: Statement): StatementResponse => ({
  id: jikoStatementId,
  kind,
  period
})
