import { describe, expect, it } from 'vitest'
import { ASSET_KINDS, assetNetValue, isDebt } from '@/lib/domain/reports/own-assets'

const values = [
  { on: '2026-03-15', minor: 900n },
  { on: '2026-03-05', minor: 950n }
]

describe('an own asset', () => {
  it('is a debt if it is a mortgage, a loan or another debt', () => {
    expect(ASSET_KINDS.filter(isDebt)).toEqual(['mortgage', 'loan', 'other_debt'])
    expect(new Set(ASSET_KINDS).size).toBe(9)
    expect(ASSET_KINDS).not.toContain('')
  })

  it.each([
    ['2026-03-04', null],
    ['2026-03-05', 950n],
    ['2026-03-14', 950n],
    ['2026-03-15', 900n],
    ['2026-04-01', 900n]
  ])('has the newest value entered up to %s', (on, minor) => {
    expect(assetNetValue({ kind: 'home', values }, on)).toBe(minor)
    expect(assetNetValue({ kind: 'loan', values }, on)).toBe(minor && -minor)
  })
})
