import { describe, expect, it } from 'vitest'
import { currentBalance, netValue } from '@/lib/domain/connections/linked-account'

const usd = (minor: bigint) => ({ minor, currency: 'USD' })
const balances = { current: null, available: usd(300n), limit: usd(1_000n) }

describe('the balance of a linked account', () => {
  it('is the reported one, also beside an available amount', () => {
    expect(currentBalance({ type: 'depository', ...balances, current: usd(0n) })).toEqual(usd(0n))
  })

  it('is unknown without a reported and an available amount', () => {
    expect(currentBalance({ type: 'depository', ...balances, available: null })).toBeNull()
    expect(currentBalance({ type: 'credit', ...balances, available: null })).toBeNull()
  })

  it('is the available amount of a deposit account', () => {
    expect(currentBalance({ type: 'depository', ...balances })).toEqual(usd(300n))
  })

  it.each(['credit', 'loan'])('is the used part of the limit on a %s account', (type) => {
    expect(currentBalance({ type, ...balances })).toEqual(usd(700n))
    expect(currentBalance({ type, ...balances, limit: null })).toBeNull()
  })
})

describe('the net value of a linked account', () => {
  it.each([
    ['depository', 300n],
    ['investment', 300n],
    ['credit', -300n],
    ['loan', -300n]
  ])('of type %s with a balance of 300 is %s', (type, minor) => {
    expect(netValue({ type, current: usd(300n) })).toEqual(usd(minor))
  })

  it('is unknown without a balance', () => {
    expect(netValue({ type: 'loan', current: null })).toBeNull()
  })
})
