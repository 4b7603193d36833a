import { describe, expect, it } from 'vitest'
import { textIn } from '@/lib/domain/text/catalogs'
import {
  CARD_PAYMENT_KEYWORDS,
  CATEGORIES,
  EXCLUDED_KINDS,
  isOwnCategory,
  kindOf,
  ownCategory,
  TRANSACTION_KINDS,
  type TransactionKind
} from '@/lib/domain/transactions/categories'
import {
  categoryLabel,
  categoryName,
  detailedCategoryLabel
} from '@/lib/domain/transactions/category-labels'
import {
  FILTER_KEYS,
  isFiltered,
  TRANSACTION_SORTS,
  toQueryString,
  transactionsHref
} from '@/lib/domain/transactions/transaction-filter'

describe('a transaction’s kind', () => {
  it.each<[string, string | null, string | null, string, bigint, TransactionKind]>([
    ['wages', 'INCOME', 'INCOME_WAGES', 'depository', 100n, 'income'],
    ['wages taken back', 'INCOME', 'INCOME_WAGES', 'depository', -100n, 'income'],
    ['a purchase', 'FOOD_AND_DRINK', null, 'credit', -100n, 'spending'],
    ['a refund', 'FOOD_AND_DRINK', null, 'credit', 100n, 'spending'],
    ['a refund to an account', 'FOOD_AND_DRINK', null, 'depository', 100n, 'spending'],
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
    ['a transfer in', 'TRANSFER_IN', null, 'depository', 100n, 'transfer'],
    ['a trade in a brokerage', 'FOOD_AND_DRINK', null, 'brokerage', 100n, 'transfer'],
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

  const unlabelled = {
    categoryPrimary: null,
    categoryDetailed: null,
    accountType: 'credit',
    amount: { minor: 100n }
  }

  it.each([
    'Payment received',
    'AUTOPAY 0211',
    'Auto Pay',
    'AUTO-PAY',
    'Thank you!',
    'ONLINE PYMT',
    'WEB PMT',
    'EPAY',
    'E-PAY'
  ])('is a transfer for money in on a card described as %s', (name) => {
    expect(kindOf({ ...unlabelled, name })).toBe('transfer')
  })

  it('follows no keyword that is empty, which would match every text', () => {
    expect(CARD_PAYMENT_KEYWORDS.every((word) => word.length > 2)).toBe(true)
  })

  it('is what the user or a pair says, whatever the category', () => {
    const wages = { ...unlabelled, categoryPrimary: 'INCOME', name: 'Wages' }
    expect(kindOf({ ...wages, paired: true })).toBe('transfer')
    expect(kindOf({ ...wages, excluded: true })).toBe('excluded')
    expect(kindOf({ ...wages, excluded: true, paired: true })).toBe('excluded')
  })

  it('is one of four, of which sums leave out two', () => {
    expect(TRANSACTION_KINDS).toEqual(['income', 'spending', 'transfer', 'excluded'])
    expect(EXCLUDED_KINDS).toEqual(['transfer', 'excluded'])
  })

  it('is spending for a zero part of a whole', () => {
    expect(
      kindOf({
        ...unlabelled,
        accountType: 'depository',
        amount: { minor: 0n },
        whole: { minor: 100n },
        name: 'x'
      })
    ).toBe('spending')
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
    expect(detailedCategoryLabel('FOOD_AND_DRINK_FAST_FOOD', 'FOOD_AND_DRINK', textIn('en'))).toBe(
      'Fast food'
    )
  })

  it.each([
    ['FOOD_AND_DRINK_FAST_FOOD', null, 'Food and drink fast food'],
    ['FOOD_AND_DRINK_FAST_FOOD', 'TRAVEL', 'Food and drink fast food'],
    ['TRAVEL_OTHER_TRAVEL', 'TRAVEL', 'Other'],
    ['ANOTHER_KIND', 'TRAVEL', 'Another kind'],
    ['OTHER_', null, 'Other '],
    ['TRAVELLING_FAR', 'TRAVEL', 'Travelling far']
  ])('of %s within %s is %s', (detailed, primary, name) => {
    expect(detailedCategoryLabel(detailed, primary, textIn('en'))).toBe(name)
  })

  it('has a shorter name than Plaid’s where that is long or vague', () => {
    const named = {
      UNCATEGORIZED: 'No category',
      BANK_FEES: 'Bank fees',
      GENERAL_SERVICES: 'Services',
      GOVERNMENT_AND_NON_PROFIT: 'Government and giving',
      HOME_IMPROVEMENT: 'Home',
      LOAN_DISBURSEMENTS: 'Loans received',
      MEDICAL: 'Health',
      TRANSPORTATION: 'Transportation'
    }
    for (const [category, name] of Object.entries(named)) expect(categoryName(category)).toBe(name)
  })

  it('has a label in the user’s language, and an unknown one its English name', () => {
    const text = textIn('es', 'transactions')
    expect(
      ['FOOD_AND_DRINK', 'UNCATEGORIZED', 'BRAND_NEW'].map((one) => categoryLabel(one, text))
    ).toEqual(['Comida y bebida', 'Sin categoría', 'Brand new'])
    expect(detailedCategoryLabel('TRAVEL_OTHER_TRAVEL', 'TRAVEL', text)).toBe('Otros')
    expect(detailedCategoryLabel('TRAVEL_BRAND_NEW', 'TRAVEL', text)).toBe('Brand new')
    for (const category of CATEGORIES)
      expect(categoryLabel(category, text)).not.toBe(categoryName(category))
  })

  it('can have a name of the user’s own, in every language', () => {
    expect(categoryName(ownCategory('Kids & school'))).toBe('Kids & school')
    expect(categoryLabel(ownCategory('TRAVEL'), textIn('es'))).toBe('TRAVEL')
    expect(isOwnCategory(ownCategory('TRAVEL'))).toBe(true)
    expect(isOwnCategory('TRAVEL')).toBe(false)
  })

  it('can be chosen from Plaid’s sixteen categories', () => {
    expect(new Set(CATEGORIES).size).toBe(16)
    for (const category of CATEGORIES) expect(category).toMatch(/^[A-Z]+(_[A-Z]+)*$/)
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

  it('has one parameter for each condition, in a fixed order', () => {
    const filter = Object.fromEntries(FILTER_KEYS.map((key) => [key, key])) as object
    expect(FILTER_KEYS.map((key) => transactionsHref({ [key]: 'x' }))).toEqual(
      [
        'q',
        'account',
        'category',
        'kind',
        'merchant',
        'currency',
        'flow',
        'min',
        'max',
        'from',
        'to',
        'pending',
        'tag'
      ].map((key) => `/transactions?${key}=x`)
    )
    expect(toQueryString(filter)).toBe(FILTER_KEYS.map((key) => `${key}=${key}`).join('&'))
  })

  it('ends with the order, except for the usual one', () => {
    expect(TRANSACTION_SORTS).toEqual(['newest', 'oldest', 'largest', 'smallest'])
    expect(TRANSACTION_SORTS.map((sort) => toQueryString({ q: 'a' }, sort))).toEqual([
      'q=a',
      'q=a&sort=oldest',
      'q=a&sort=largest',
      'q=a&sort=smallest'
    ])
    expect(toQueryString({}, 'oldest')).toBe('sort=oldest')
  })
})
