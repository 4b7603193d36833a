import { describe, expect, test } from 'vitest'
import { person } from '@/lib/domain/actor'
import { isRecent } from '@/lib/domain/proof'
import { requireRecentProof, toProof } from '@/lib/services/auth/proof'

const NOW = Date.UTC(2026, 10, 21, 12)
const iat = NOW / 1_000

describe('the age of a proof', () => {
  test('is what the token says, with a factor that was never proven as null', () => {
    expect(toProof({ fva: [3, -1], iat }, NOW)).toEqual({ first: 3, second: null })
    expect(toProof({ fva: [12, 4], iat }, NOW)).toEqual({ first: 12, second: 4 })
  })

  test('grows with the age of the token, so that a long-lived one cannot stay fresh', () => {
    expect(toProof({ fva: [3, -1], iat: iat - 59 }, NOW)).toEqual({ first: 3, second: null })
    expect(toProof({ fva: [0, 0], iat: iat - 600 }, NOW)).toEqual({ first: 10, second: 10 })
    expect(toProof({ fva: [2, -1], iat: iat + 4 }, NOW)).toEqual({ first: 2, second: null })
  })

  test.each([[undefined], [null], ['0,0'], [[]], [[0]], [[0, 0, 0]], [['0', '0']], [[Number.NaN, Number.POSITIVE_INFINITY]], [[-2, -5]]])(
    'of a claim that reads %j is never proven',
    (fva) => {
      expect(toProof({ fva, iat }, NOW)).toEqual({ first: null, second: null })
    }
  )
})

describe('a recent proof', () => {
  test.each([
    [{ first: 0, second: null }, true],
    [{ first: 9, second: null }, true],
    [{ first: 10, second: null }, false],
    [{ first: 99, second: 9 }, true],
    [{ first: 0, second: 10 }, false],
    [{ first: null, second: 9 }, true],
    [{ first: null, second: null }, false]
  ])('%j: %s', (proof, expected) => {
    expect(isRecent(proof)).toBe(expected)
  })

  const passes = (proof: Parameters<typeof person>[2], factor?: 'any' | 'second') => () => requireRecentProof(person('user_1', 'sess_1', proof), factor)
  test('lets somebody pass who just signed in, and nobody without any proof', () => {
    expect(passes({ first: 9, second: null })).not.toThrow()
    expect(passes({ first: 10, second: null })).toThrow(expect.objectContaining({ code: 'reverification_required', status: 403 }))
    expect(passes(undefined)).toThrow(expect.objectContaining({ code: 'reverification_required' }))
  })

  test('of a second factor is not given by a password, and an old one is asked for again', () => {
    expect(passes({ first: 0, second: null }, 'second')).toThrow(expect.objectContaining({ code: 'forbidden' }))
    expect(passes({ first: 0, second: 10 }, 'second')).toThrow(expect.objectContaining({ code: 'reverification_required' }))
    expect(passes({ first: 99, second: 9 }, 'second')).not.toThrow()
  })
})
