/** Transfers and the banks they come from as they cross to the browser. */
import type { CounterpartyResponse, TransferResponse } from '@/lib/api/transfers'
import type { Counterparty, Transfer } from '@/lib/domain/transfers/transfer'

const KINDS: Record<string, CounterpartyResponse['kind']> = { CHECKING: 'checking', SAVINGS: 'savings' }

export const toWireCounterparty = ({
  id,
  institutionName,
  mask,
  accountType,
  state
}: Counterparty): CounterpartyResponse => ({
  id,
  name: institutionName ?? 'Your bank',
  mask,
  kind: KINDS[accountType ?? ''] ?? null,
  state
})

export const toWireTransfer = ({
  bank,
  amount,
  createdAt: _,
  ...transfer
}: Transfer): TransferResponse => ({
  ...transfer,
  amount: { minor: amount.minor.toString(), currency: amount.currency },
  bank: { name: bank.name ?? 'Your bank', mask: bank.mask }
})
