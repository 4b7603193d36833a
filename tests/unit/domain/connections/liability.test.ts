import { expect, test } from 'vitest'
import { mainRate } from '@/lib/domain/connections/liability'

const rate = (type: string) => ({ type, percentage: '21.49' })

test.each([
  ['its rate for purchases', ['cash_apr', 'purchase_apr', 'special'], 'purchase_apr'],
  ['else the first rate', ['cash_apr', 'special'], 'cash_apr'],
  ['else none', [], undefined]
])('the rate of a card is %s', (_, types, main) => {
  expect(mainRate({ rates: types.map(rate) })?.type).toBe(main)
})

test('a loan without rates has no rate', () => {
  expect(mainRate({ rates: [] })).toBeNull()
})
