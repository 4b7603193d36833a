/**
 * A bank whose responses use every freedom of Plaid's contract: nulls, other currencies, seven
 * decimals.
 */
import {
  type BankAccount,
  type GeneratedData,
  type Posting,
  round
} from '@/sandbox/plaid/logins/bank-data'

/**
 * Changes generated data: a euro account, one in points, one without mask or subtype, unknown enum
 * values, uncategorised rows, odd decimals.
 */
export function addEdgeCases(usual: GeneratedData): GeneratedData {
  const accounts = usual.accounts.map((account): BankAccount => {
    if (account.key === 'saving') return { ...account, name: 'Euro Tagesgeld', currency: 'EUR' }
    if (account.key === 'card')
      return { ...account, limit: null, officialName: null, subtype: 'pay in four' }
    if (account.key === 'loan') return { ...account, mask: null, subtype: null, officialName: null }
    if (account.key === 'invest')
      return {
        ...account,
        mask: null,
        currency: null,
        unofficialCurrency: 'BTC',
        fixed: { current: 0.12345678, available: null }
      }
    return account
  })
  for (const card of usual.accounts.filter(({ key }) => key === 'card'))
    accounts.push(toUnknownAccountType(card))
  return { ...usual, accounts, postings: usual.postings.map(addPostingEdgeCase) }
}

/** A type and a subtype that Plaid may add later. */
const toUnknownAccountType = (like: BankAccount): BankAccount => ({
  ...like,
  key: 'wallet',
  name: 'Herringbone Wallet',
  officialName: null,
  mask: '2468',
  type: 'digital asset',
  subtype: 'stablecoin wallet',
  limit: null,
  fixed: { current: 250.5, available: null }
})

function addPostingEdgeCase(posting: Posting, index: number): Posting {
  const amount =
    index % 3 === 0 && posting.merchant
      ? round(posting.amount + 0.0001234 * (1 + (index % 7)))
      : posting.amount
  if (index % 19 === 0) return { ...posting, amount, category: null, merchant: null, website: null }
  // Plaid adds enum values without notice.
  return index % 23 === 0
    ? {
        ...posting,
        amount,
        category: { primary: 'SPACE_TRAVEL', detailed: 'SPACE_TRAVEL_TICKETS', confidence: 'LOW' }
      }
    : { ...posting, amount }
}
