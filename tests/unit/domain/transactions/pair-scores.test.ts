import { describe, expect, it } from 'vitest'
import { addDays } from '@/lib/domain/periods'
import {
  DAY,
  into,
  isPaired,
  moves,
  odd,
  out,
  paired
} from '@/tests/support/fixtures/transfer-legs'

describe('a possible transfer', () => {
  it('is no pair by equal days and a round amount alone, and one by an odd amount', () => {
    expect(isPaired(out(), into())).toBe(false)
    expect(isPaired(...odd())).toBe(true)
    expect(isPaired(...odd(5_100n))).toBe(false)
  })

  it.each([
    [-3, false],
    [-2, false],
    [-1, false],
    [0, true],
    [1, true],
    [2, true],
    [3, true],
    [4, false],
    [5, false],
    [6, false]
  ])('of a transfer category on one side that arrives after %i days is a pair: %s', (days, is) => {
    expect(isPaired(out(moves), into({ date: addDays(DAY, days) }))).toBe(is)
  })

  it.each([
    [-3, false],
    [-2, true],
    [5, true],
    [6, false]
  ])(
    'of transfer categories on both sides that arrives after %i days is a pair: %s',
    (days, is) => {
      expect(isPaired(out(moves), into({ ...moves, date: addDays(DAY, days) }))).toBe(is)
    }
  )

  it('never has an amount of zero, the same account twice, or two currencies', () => {
    expect(paired(out({ ...moves, minor: 0n }), into({ ...moves, minor: 0n }))).toEqual([])
    expect(isPaired(out(moves), into({ ...moves, accountId: 'checking' }))).toBe(false)
    expect(isPaired(out(moves), into({ ...moves, currency: 'EUR' }))).toBe(false)
  })

  it('is no pair where two equal arrivals compete and one would be left alone', () => {
    const rivals = ['a', 'b'].map((id) => into({ ...moves, accountId: 'a' }, id))
    const third = into({ ...moves, accountId: 'c' }, 'c')
    const second = out({ ...moves, accountId: 'a' }, 'second')
    expect(paired(out(moves, 'first'), second, ...rivals, third)).toEqual([])
    expect(paired(second, third)).toEqual(['second-c'])
  })
})

describe('a payment of a card', () => {
  const legs = (from: string, to: string) => [
    out({ name: 'WITHDRAWAL', accountType: from }),
    into({ accountType: to, date: addDays(DAY, 1) })
  ]

  it('from a deposit account needs less evidence', () => {
    expect(isPaired(...legs('depository', 'credit'))).toBe(true)
    expect(isPaired(...legs('credit', 'credit'))).toBe(false)
    expect(isPaired(...legs('depository', 'depository'))).toBe(false)
    expect(isPaired(...legs('credit', 'depository'))).toBe(false)
  })

  it('may be categorised as a loan payment, to a card only', () => {
    const loan = { categoryPrimary: 'LOAN_PAYMENTS', name: 'Payment thank you' }
    expect(isPaired(out(loan), into({ accountType: 'credit', name: 'Payment thank you' }))).toBe(
      true
    )
    expect(isPaired(out(loan), into({ name: 'Payment thank you' }))).toBe(false)
    const meal = { ...loan, categoryPrimary: 'FOOD_AND_DRINK' }
    expect(isPaired(out(meal), into({ accountType: 'credit', name: 'Payment thank you' }))).toBe(
      false
    )
  })
})

describe('a category', () => {
  it.each(['TRANSFER_IN', 'TRANSFER_OUT', 'LOAN_DISBURSEMENTS'])(
    'says transfer: %s on both sides',
    (categoryPrimary) => {
      const late = { categoryPrimary, date: addDays(DAY, 5) }
      expect(isPaired(out({ categoryPrimary }), into(late))).toBe(true)
    }
  )

  it('says transfer by its detail too', () => {
    const card = {
      categoryPrimary: 'LOAN_PAYMENTS',
      categoryDetailed: 'LOAN_PAYMENTS_CREDIT_CARD_PAYMENT'
    }
    expect(isPaired(out(card), into())).toBe(true)
    expect(isPaired(out({ ...card, categoryPrimary: null }), into())).toBe(true)
  })

  it.each(['INCOME', 'FOOD_AND_DRINK', 'RENT_AND_UTILITIES'])(
    'of income or spending on either side rules a pair out: %s',
    (categoryPrimary) => {
      expect(isPaired(out({ categoryPrimary, name: 'Transfer' }), into(moves))).toBe(false)
      expect(isPaired(out(moves), into({ categoryPrimary, name: 'Transfer' }))).toBe(false)
    }
  )

  it('that says nothing does not rule it out', () => {
    expect(isPaired(out({ categoryPrimary: 'OTHER' }), into(moves))).toBe(true)
  })
})

describe('rows that repeat', () => {
  const monthly = (count: number, make: typeof out, name: string, alike: number) =>
    Array.from({ length: count }, (_, n) =>
      make({ date: addDays(DAY, n * 30), alike }, `${name}${n}`)
    )
  const both = (count: number, alike: number, inAlike = alike) =>
    paired(...monthly(count, out, 'out', alike), ...monthly(count, into, 'in', inAlike))

  it('on both accounts together are transfers, from three times on', () => {
    expect(both(3, 3)).toEqual(['out0-in0', 'out1-in1', 'out2-in2'])
    expect(both(2, 2)).toEqual([])
    expect(both(3, 3, 1)).toEqual([])
  })

  it('may be missing once in five times', () => {
    expect(both(4, 5)).toHaveLength(4)
    expect(both(3, 4)).toEqual([])
  })

  it('on one account are no transfer if most have no counterpart', () => {
    expect(isPaired(out({ ...moves, alike: 3 }), into())).toBe(false)
    expect(isPaired(out({ ...moves, alike: 2 }), into())).toBe(true)
    expect(isPaired(out(moves), into({ alike: 3 }))).toBe(false)
    const half = monthly(2, (more, id) => out({ ...moves, ...more }, id), 'out', 4)
    expect(paired(...half, ...monthly(2, into, 'in', 1))).toHaveLength(2)
  })

  it('are counted per account, amount and name', () => {
    const others = ['Gamma', 'Delta'].map((name, n) =>
      out({ ...moves, name, date: addDays(DAY, 60 + n * 30) }, name)
    )
    const arrivals = others.map(({ date }, n) => into({ date }, `in${n}`))
    expect(paired(out({ ...moves, alike: 3 }), into(), ...others, ...arrivals)).toEqual([
      'Delta-in1',
      'Gamma-in0'
    ])
  })
})
