/** Response DTOs of transfers and counterparties. */
import type { CounterpartyResponse, TransferResponse } from '@/lib/api/transfers'
import type { Counterparty, Transfer } from '@/lib/domain/transfers/transfer'

const ACCOUNT_KINDS: Record<string, CounterpartyResponse['kind']> = {
  CHECKING: 'checking',
  SAVINGS: 'savings'
}

export const serializeCounterparty = ({
  id,
  institutionName,
  mask,
  accountType,
  state,
  withdrawableFrom,
  ownerDiffers
}: Counterparty): CounterpartyResponse => ({
  id,
  name: institutionName ?? 'Your bank',
  mask,
  kind: ACCOUNT_KINDS[accountType ?? ''] ?? null,
  state,
  withdrawableFrom,
  ownerDiffers
})

export const serializeTransfer = ({
  bank,
  amount,
  createdAt: _,
  ...transfer
}: Transfer): TransferResponse => ({
  ...transfer,
  amount: { minor: amount.minor.toString(), currency: amount.currency },
  bank: { name: bank.name ?? 'Your bank', mask: bank.mask }
})
