import { expect, test } from 'vitest'
import { gainOf } from '@/lib/domain/connections/investment'

const usd = (minor: bigint) => ({ minor, currency: 'USD' })

test('the gain of a holding is its value without its cost', () => {
  expect(gainOf({ value: usd(12_500n), cost: usd(10_000n) })).toEqual(usd(2_500n))
  expect(gainOf({ value: usd(8_000n), cost: usd(10_000n) })).toEqual(usd(-2_000n))
})

test.each([
  ['no value', { value: null, cost: usd(1n) }],
  ['no cost', { value: usd(1n), cost: null }],
  ['neither', { value: null, cost: null }],
  ['a cost in another currency', { value: usd(1n), cost: { minor: 1n, currency: 'EUR' } }]
])('a holding with %s has no known gain', (_, holding) => {
  expect(gainOf(holding)).toBeNull()
})
