import { describe, expect, it } from 'vitest'
import {
  categoryName,
  detailedCategoryName,
  kindOf,
  type TransactionKind
} from '@/lib/domain/transactions/categories'
import {
  isFiltered,
  toQueryString,
  transactionsHref
} from '@/lib/domain/transactions/transaction-filter'

describe('a transaction’s kind', () => {
  it.each<[string, string | null, string | null, string, bigint, TransactionKind]>([
    ['wages', 'INCOME', 'INCOME_WAGES', 'depository', 100n, 'income'],
    ['wages taken back', 'INCOME', 'INCOME_WAGES', 'depository', -100n, 'income'],
    ['a purchase', 'FOOD_AND_DRINK', null, 'credit', -100n, 'spending'],
    ['a refund', 'FOOD_AND_DRINK', null, 'credit', 100n, 'spending'],
    [
      'a card payment',
      'LOAN_PAYMENTS',
      'LOAN_PAYMENTS_CREDIT_CARD_PAYMENT',
      'depository',
      -100n,
      'transfer'
    ],
    [
      'a mortgage payment',
      'LOAN_PAYMENTS',
      'LOAN_PAYMENTS_MORTGAGE_PAYMENT',
      'depository',
      -100n,
      'spending'
    ],
    [
      'its arrival at the loan',
      'LOAN_PAYMENTS',
      'LOAN_PAYMENTS_MORTGAGE_PAYMENT',
      'loan',
      100n,
      'transfer'
    ],
    ['a transfer', 'TRANSFER_OUT', 'TRANSFER_OUT_SAVINGS', 'depository', -100n, 'transfer'],
    ['a loan paid out', 'LOAN_DISBURSEMENTS', null, 'depository', 100n, 'transfer'],
    ['a trade', null, null, 'investment', -100n, 'transfer'],
    ['money in without a category', null, null, 'depository', 100n, 'income'],
    ['a return on a card without a category', null, null, 'credit', 100n, 'spending'],
    ['Autopay payment on a card', 'OTHER', 'OTHER_OTHER', 'credit', 100n, 'transfer'],
    ['money out without a category', 'OTHER', 'OTHER_OTHER', 'depository', -100n, 'spending'],
    ['a zero amount without a category', null, null, 'depository', 0n, 'spending']
  ])('%s', (name, categoryPrimary, categoryDetailed, accountType, minor, kind) => {
    expect(
      kindOf({ categoryPrimary, categoryDetailed, accountType, amount: { minor }, name })
    ).toBe(kind)
  })

  it('is spending for a part of a whole with a zero amount', () => {
    expect(
      kindOf({
        categoryPrimary: null,
        categoryDetailed: null,
        accountType: 'depository',
        amount: { minor: 100n },
        whole: { minor: 0n },
        name: 'x'
      })
    ).toBe('spending')
  })

  it('has a readable name, for unknown categories too', () => {
    expect(
      ['FOOD_AND_DRINK', 'GENERAL_MERCHANDISE', 'BRAND_NEW'].map((category) =>
        categoryName(category)
      )
    ).toEqual(['Food and drink', 'Shopping', 'Brand new'])
    expect(detailedCategoryName('FOOD_AND_DRINK_FAST_FOOD', 'FOOD_AND_DRINK')).toBe('Fast food')
  })
})

describe('a filter in a URL', () => {
  it('is the same text for the same filter, and empty for no filter', () => {
    expect(
      toQueryString({ to: '2026-03-31', kind: 'spending', q: 'a&b', from: '2026-03-01' })
    ).toBe('q=a%26b&kind=spending&from=2026-03-01&to=2026-03-31')
    expect([
      transactionsHref({}),
      isFiltered({}),
      isFiltered({ q: '' }),
      isFiltered({ pending: 'no' })
    ]).toEqual(['/transactions', false, false, true])
  })
})
