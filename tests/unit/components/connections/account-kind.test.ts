import { AccountSubtype } from 'plaid'
import { describe, expect, test } from 'vitest'
import { accountKind, accountSummary, owedLabel } from '@/components/connections/account-labels'
import { textIn } from '@/lib/domain/text/catalogs'

const text = textIn('en', 'connections')

describe('an account’s kind', () => {
  test.each([
    ['depository', 'checking', 'Checking'],
    ['depository', 'cd', 'CD'],
    ['investment', 'sep ira', 'SEP IRA'],
    ['investment', '401k', '401k'],
    ['investment', 'rrsp', 'RRSP'],
    ['loan', null, 'Loan'],
    ['depository', '', 'Depository'],
    ['credit', 'pay in four', 'Pay in four'],
    ['credit', 'PAY_IN_FOUR', 'Pay in four'],
    ['digital asset', 'stablecoin wallet', 'Stablecoin wallet'],
    ['digital_asset', null, 'Digital asset'],
    ['', null, 'Account']
  ])('of type %j and subtype %j is called %j', (type, subtype, words) => {
    expect(accountKind({ type, subtype }, text)).toBe(words)
  })

  test('appears with the last digits of its number, and with its debt', () => {
    expect(accountSummary({ type: 'credit', subtype: 'credit card', mask: '3333' }, text)).toBe(
      'Credit card •••• 3333'
    )
    expect(accountSummary({ type: 'loan', subtype: null, mask: null }, text)).toBe('Loan')
    const at = (type: string, minor: string) =>
      owedLabel({ type, current: { minor, currency: 'USD' } }, text)
    expect([at('credit', '100'), at('loan', '-100'), at('depository', '-100')]).toEqual([
      'Owed',
      'In your favor',
      null
    ])
  })

  test('starts with a capital or a digit, and has no underscore, for every current Plaid type', () => {
    for (const subtype of Object.values(AccountSubtype))
      expect(accountKind({ type: 'other', subtype }, text)).toMatch(/^[A-Z0-9][A-Za-z0-9 -]*$/)
  })

  test('is in the page’s language, except for names', () => {
    const kind = (subtype: string) => accountKind({ type: 'other', subtype }, textIn('es'))
    expect(['credit_card', 'checking', 'student', 'roth 401k', 'something new'].map(kind)).toEqual([
      'Tarjeta de crédito',
      'Cuenta corriente',
      'Préstamo estudiantil',
      'Roth 401k',
      'Something new'
    ])
  })
})
