import { describe, expect, test } from 'vitest'
import { FundingBankInput, TransferInput } from '@/lib/api/transfers'

const BANK = '7d8a3a5e-0e0d-4a9e-8c53-2f4d1a6b9c20'
const parse = (amount: unknown) => TransferInput.safeParse({ direction: 'in', bank: BANK, amount })

describe('a transfer amount', () => {
  test.each([
    ['250', 25_000n],
    ['99.5', 9_950n],
    ['0.01', 1n],
    ['$1,250.00', 125_000n],
    [' 1 000 ', 100_000n],
    ['1,234,567.89', 123_456_789n],
    ['007', 700n],
    ['9'.repeat(40), BigInt('9'.repeat(40)) * 100n]
  ])('%s is accepted', (text, minor) => {
    expect(parse(text).data?.amount).toEqual({ minor, currency: 'USD' })
  })

  test.each([
    '',
    'a lot',
    '-5',
    '1.234',
    '1,5',
    '1e3',
    '٣٠',
    '12.',
    '.5',
    '💸',
    12,
    null,
    undefined
  ])('%s is refused', (text) => {
    const parsed = parse(text)
    expect(parsed.error?.issues.map(({ path, message }) => [path.join('.'), message])).toEqual([
      ['amount', 'Enter an amount in dollars, such as 250 or 99.50']
    ])
  })
})

test('a transfer without a counterparty or a direction names the missing field', () => {
  const { error } = TransferInput.safeParse({ amount: '5' })
  expect(error?.issues.map(({ path }) => path.join('.')).sort()).toEqual(['bank', 'direction'])
})

test('a Link result needs an account, and everything else in it is dropped', () => {
  expect(FundingBankInput.safeParse({ public_token: 'p', accounts: [] }).success).toBe(false)
  const { data } = FundingBankInput.safeParse({
    public_token: 'p',
    accounts: [{ id: 'a', name: 'Checking', mask: '0000', number: '12345678' }]
  })
  expect(data).toEqual({
    publicToken: 'p',
    institutionId: null,
    accounts: [{ id: 'a', name: 'Checking', mask: '0000' }]
  })
})
