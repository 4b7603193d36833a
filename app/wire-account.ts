/** The account at the bank as it crosses to the browser. */
import type { WireBankTransaction, WireInvestments, WireStatement } from '@/lib/api/account'
import type { PangeaService } from '@/lib/services'
import { toWireMoney } from './wire'

type Investments = Awaited<ReturnType<typeof PangeaService.getInvestments>>
type Movement = Awaited<ReturnType<typeof PangeaService.listAccountTransactions>>['items'][number]
type Statement = Awaited<ReturnType<typeof PangeaService.listAccountStatements>>['items'][number]

export const toWireInvestments = ({ cash, securities, strategyId, strategies }: Investments): WireInvestments => ({
  cash: toWireMoney(cash),
  securities: securities.map(({ description, quantity, value, maturesOn, yieldToMaturity }) => ({
    description,
    quantity,
    value: toWireMoney(value),
    maturesOn,
    yieldToMaturity
  })),
  strategyId,
  strategies: strategies.map(({ id, description, yieldToMaturity }) => ({ id, description, yieldToMaturity }))
})

export const toWireBankTransaction = (movement: Movement): WireBankTransaction => ({
  id: movement.jikoTransactionId,
  title: movement.title,
  type: movement.type,
  amount: { minor: movement.amount.minor.toString(), currency: movement.amount.currency },
  pending: movement.pending,
  bookedAt: movement.bookedAt,
  settledAt: movement.settledAt
})

export const toWireStatement = ({ jikoStatementId, kind, period }: Statement): WireStatement => ({ id: jikoStatementId, kind, period })
