/** Response DTOs: money as strings, only fields that the pages need. */
import type { AccountInvestmentsResponse } from '@/lib/api/linked-accounts'
import type {
  BankAccountResponse,
  ConnectionResponse,
  DocumentResponse,
  LiabilityResponse,
  LinkedAccountResponse,
  MoneyResponse,
  SyncResponse,
  TransactionResponse
} from '@/lib/api/responses'
import { connectionActions } from '@/lib/domain/connections/connection-states'
import { gainOf } from '@/lib/domain/connections/investment'
import type { Liability } from '@/lib/domain/connections/liability'
import type { Money } from '@/lib/domain/money/money'
import type { RequestedDocument } from '@/lib/domain/onboarding/application'
import { rejectionReason } from '@/lib/domain/onboarding/documents'
import { listValuesOf } from '@/lib/domain/transactions/edits'
import type { DataService } from '@/lib/services'

type Items<F extends (...input: never[]) => Promise<readonly unknown[]>> = Awaited<
  ReturnType<F>
>[number]
type AccountRow = Items<typeof DataService.listAccounts>
type ConnectionRow = Items<typeof DataService.listConnections>
type TransactionRow = Awaited<ReturnType<typeof DataService.listTransactions>>['items'][number]
type BankAccountRow = NonNullable<Awaited<ReturnType<typeof DataService.findBankAccount>>>
type SyncRow = NonNullable<ConnectionRow['sync']>

export const serializeMoney = (money: Money | null): MoneyResponse | null =>
  money && { minor: money.minor.toString(), currency: money.currency }

export const serializeSync = ({
  status,
  trigger,
  attempts,
  added,
  modified,
  removed,
  code,
  startedAt,
  finishedAt
}: SyncRow): SyncResponse => ({
  status,
  trigger,
  attempts,
  added,
  modified,
  removed,
  code,
  startedAt,
  finishedAt
})

export const serializeConnection = (row: ConnectionRow): ConnectionResponse => ({
  id: row.id,
  institution: { id: row.institutionId, name: row.institutionName, logo: row.logo },
  status: row.status,
  errorCode: row.errorCode,
  lastSyncedAt: row.lastSyncedAt,
  bankDataAt: row.bankDataAt,
  history: row.history,
  endsAt: row.endsAt,
  newAccounts: row.newAccounts,
  missingProducts: row.missingProducts,
  quarantined: row.quarantined,
  leaving: row.disconnectRequested,
  acts: connectionActions(row),
  sync: row.sync && serializeSync(row.sync)
})

export const serializeAccount = (row: AccountRow): LinkedAccountResponse => ({
  id: row.id,
  connectionId: row.connectionId,
  institutionName: row.institutionName,
  name: row.name,
  bankName: row.bankName,
  hidden: row.hidden,
  mask: row.mask,
  type: row.type,
  subtype: row.subtype,
  current: serializeMoney(row.current),
  available: serializeMoney(row.available),
  limit: serializeMoney(row.limit),
  balancesAt: row.balancesAt,
  liability: row.liability && serializeLiability(row.liability)
})

const serializeLiability = ({ minimum, statement, ...terms }: Liability): LiabilityResponse => ({
  ...terms,
  minimum: serializeMoney(minimum),
  statement: serializeMoney(statement)
})

export const serializeTransaction = (row: TransactionRow): TransactionResponse => ({
  id: row.id,
  accountId: row.accountId,
  accountName: row.accountName,
  amount: { minor: row.amount.minor.toString(), currency: row.amount.currency },
  date: row.date,
  authorizedOn: row.authorizedOn,
  name: row.name,
  merchantName: row.merchantName,
  category: row.categoryPrimary,
  categoryDetailed: row.categoryDetailed,
  kind: row.kind,
  paymentChannel: row.paymentChannel,
  accountMask: row.accountMask,
  institutionName: row.institutionName,
  pending: row.pending,
  ...listValuesOf(row),
  addedAt: row.addedAt,
  splitChanged: row.splitChanged,
  part: row.split && {
    n: row.split.n,
    of: row.split.of,
    whole: { minor: row.split.whole.minor.toString(), currency: row.split.whole.currency }
  }
})

/** Jiko's reason is a code, so the response has our message for it. */
export const serializeDocument = ({
  type,
  status,
  reason
}: RequestedDocument): DocumentResponse => ({
  type,
  status,
  reason: status === 'INVALID' ? rejectionReason(reason) : null
})

export const serializeBankAccount = (row: BankAccountRow): BankAccountResponse => ({
  id: row.id,
  name: row.name,
  status: row.status,
  balance: serializeMoney(row.balance),
  balanceAt: row.balanceAt,
  accountNumberLast4: row.accountNumberLast4,
  routingNumberLast4: row.routingNumberLast4
})

type InvestmentsRow = Awaited<ReturnType<typeof DataService.getAccountInvestments>>

export const serializeInvestmentAccount = ({
  holdings,
  transactions
}: InvestmentsRow): AccountInvestmentsResponse => ({
  holdings: holdings.map(({ value, cost, ...one }) => ({
    ...one,
    value: serializeMoney(value),
    cost: serializeMoney(cost),
    gain: serializeMoney(gainOf({ value, cost }))
  })),
  transactions: transactions.map(({ amount, fees, ...one }) => ({
    ...one,
    amount: { minor: amount.minor.toString(), currency: amount.currency },
    fees: serializeMoney(fees)
  }))
})
