/** Response DTOs of the Jiko account. */

import { serializeMoney } from '@/app/_lib/serializers/resources'
import type {
  BankTransactionResponse,
  InvestmentsResponse,
  StatementResponse
} from '@/lib/api/bank-account'
import type { TradeResponse } from '@/lib/api/transfers'
import type { PangeaService } from '@/lib/services'

type Investments = Awaited<ReturnType<typeof PangeaService.getInvestments>>
type BankTransaction = Awaited<
  ReturnType<typeof PangeaService.listAccountTransactions>
>['items'][number]
type Trade = Awaited<ReturnType<typeof PangeaService.listTrades>>['items'][number]
type Statement = Awaited<ReturnType<typeof PangeaService.listAccountStatements>>['items'][number]

export const serializeInvestments = ({
  cash,
  securities,
  strategyId,
  strategies
}: Investments): InvestmentsResponse => ({
  cash: serializeMoney(cash),
  securities: securities.map(({ description, quantity, value, maturesOn, yieldToMaturity }) => ({
    description,
    quantity,
    value: serializeMoney(value),
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

export const serializeBankTransaction = (
  transaction: BankTransaction
): BankTransactionResponse => ({
  id: transaction.jikoTransactionId,
  title: transaction.title,
  type: transaction.type,
  amount: { minor: transaction.amount.minor.toString(), currency: transaction.amount.currency },
  pending: transaction.pending,
  bookedAt: transaction.bookedAt,
  settledAt: transaction.settledAt
})

/** Labels of Jiko's trade types; an unknown one is labeled by its direction. */
const TRADE_TITLES: Record<string, string> = {
  MATURITY: 'Treasury bills matured',
  REINVESTMENT: 'Treasury bills bought again'
}

export const serializeTrade = ({ jikoTradeId, kind, sold, amount, at }: Trade): TradeResponse => ({
  id: jikoTradeId,
  title: TRADE_TITLES[kind] ?? (sold ? 'Treasury bills sold' : 'Treasury bills bought'),
  amount: serializeMoney(amount),
  at
})

export const serializeStatement = ({
  jikoStatementId,
  kind,
  period
}: Statement): StatementResponse => ({
  id: jikoStatementId,
  kind,
  period
})
