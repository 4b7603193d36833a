import { describe, expect, test } from 'vitest'
import { isFresh, reverificationFor } from '@/lib/domain/users/reverification'
import {
  requireReverification,
  requireSecondFactor,
  toReverification
} from '@/lib/services/clerk/reverification'
import { userActor } from '@/tests/support/actors'

const NOW = Date.UTC(2026, 10, 21, 12)
const iat = NOW / 1_000
const MINUTE = 60_000

describe('the verification age', () => {
  test('is read from the token, with null for a factor that was never verified', () => {
    expect(toReverification({ fva: [3, -1], iat }, NOW)).toEqual({
      firstFactorAge: 3,
      secondFactorAge: null,
      secondFactorVerifiedAt: null
    })
    expect(toReverification({ fva: [12, 4], iat }, NOW)).toEqual({
      firstFactorAge: 12,
      secondFactorAge: 4,
      secondFactorVerifiedAt: NOW - 5 * MINUTE
    })
  })

  test('grows with the token’s age, so that a long-lived token cannot stay fresh', () => {
    expect(toReverification({ fva: [3, -1], iat: iat - 59 }, NOW)).toMatchObject({
      firstFactorAge: 3,
      secondFactorAge: null
    })
    expect(toReverification({ fva: [0, 0], iat: iat - 600 }, NOW)).toMatchObject({
      firstFactorAge: 10,
      secondFactorAge: 10
    })
    expect(toReverification({ fva: [2, -1], iat: iat + 4 }, NOW)).toMatchObject({
      firstFactorAge: 2,
      secondFactorAge: null
    })
  })

  test.each([
    [undefined],
    [null],
    ['0,0'],
    [[]],
    [[0]],
    [[0, 0, 0]],
    [['0', '0']],
    [[Number.NaN, Number.POSITIVE_INFINITY]],
    [[-2, -5]]
  ])('is never verified for the claim %j', (fva) => {
    expect(toReverification({ fva, iat }, NOW)).toEqual({
      firstFactorAge: null,
      secondFactorAge: null,
      secondFactorVerifiedAt: null
    })
  })
})

describe('the effective verification', () => {
  const verification = toReverification({ fva: [5, 5], iat }, NOW)
  test('has no second factor when the user has none, whatever the token says', () => {
    expect(
      reverificationFor(verification, { enrolledAt: null, sessionAt: NOW - 5 * MINUTE })
    ).toMatchObject({
      firstFactorAge: 5,
      secondFactorAge: null,
      enrolled: false
    })
  })

  test.each([
    ['in a session that began after the enrolment', 20, 10, 5],
    ['where Clerk does not know when the user enrolled', NOW / MINUTE, 10, 5],
    ['verified after the enrolment in an older session', 6, 30, 5],
    ['perhaps verified before the enrolment', 5, 30, null],
    ['verified before the enrolment', 1, 30, null]
  ])('of an enrolled user, %s', (_, enrolledMinutesAgo, sessionMinutesAgo, second) => {
    const at = {
      enrolledAt: NOW - enrolledMinutesAgo * MINUTE,
      sessionAt: NOW - sessionMinutesAgo * MINUTE
    }
    expect(reverificationFor(verification, at)).toMatchObject({
      firstFactorAge: 5,
      secondFactorAge: second,
      enrolled: true
    })
  })
})

describe('a recent verification', () => {
  test.each([
    [{ firstFactorAge: 0, secondFactorAge: null, enrolled: false }, true],
    [{ firstFactorAge: 9, secondFactorAge: null, enrolled: false }, true],
    [{ firstFactorAge: 10, secondFactorAge: null, enrolled: false }, false],
    [{ firstFactorAge: 0, secondFactorAge: 45, enrolled: false }, true],
    [{ firstFactorAge: 99, secondFactorAge: 9, enrolled: true }, true],
    [{ firstFactorAge: 0, secondFactorAge: 10, enrolled: true }, false],
    [{ firstFactorAge: 0, secondFactorAge: null, enrolled: true }, false],
    [{ firstFactorAge: null, secondFactorAge: 9, enrolled: true }, true],
    [{ firstFactorAge: null, secondFactorAge: null, enrolled: false }, false],
    [{ firstFactorAge: 0, secondFactorAge: 0 }, false]
  ])('%j: %s', (verification, expected) => {
    expect(isFresh(verification, '10m')).toBe(expected)
  })

  test.each([
    [{ firstFactorAge: 0, secondFactorAge: null, enrolled: false }, true],
    [{ firstFactorAge: 1, secondFactorAge: null, enrolled: false }, false],
    [{ firstFactorAge: 9, secondFactorAge: 0, enrolled: true }, true],
    [{ firstFactorAge: 0, secondFactorAge: 1, enrolled: true }, false]
  ])('within a minute, for transfers: %j: %s', (verification, expected) => {
    expect(isFresh(verification, '1m')).toBe(expected)
  })

  const user = (verification: Parameters<typeof userActor>[2]) =>
    userActor('user_1', 'sess_1', verification)
  test('is satisfied by a user who just signed in, and never without any verification', () => {
    expect(() =>
      requireReverification(
        user({ firstFactorAge: 9, secondFactorAge: null, enrolled: false }),
        '10m'
      )
    ).not.toThrow()
    for (const verification of [
      { firstFactorAge: 10, secondFactorAge: null, enrolled: false },
      undefined
    ])
      expect(() => requireReverification(user(verification), '10m')).toThrow(
        expect.objectContaining({ code: 'reverification_required', status: 403 })
      )
  })

  test('of a second factor requires one on the user, and one verified in this session', () => {
    expect(() =>
      requireSecondFactor(user({ firstFactorAge: 0, secondFactorAge: 0, enrolled: false }))
    ).toThrow(expect.objectContaining({ code: 'forbidden' }))
    expect(() =>
      requireSecondFactor(user({ firstFactorAge: 0, secondFactorAge: null, enrolled: true }))
    ).toThrow(expect.objectContaining({ code: 'reverification_required' }))
    expect(() =>
      requireSecondFactor(user({ firstFactorAge: 99, secondFactorAge: 719, enrolled: true }))
    ).not.toThrow()
  })

  test('of a second factor is asked for again after twelve hours', () => {
    expect(() =>
      requireSecondFactor(user({ firstFactorAge: 0, secondFactorAge: 720, enrolled: true }))
    ).toThrow(
      expect.objectContaining({ code: 'reverification_required', reverifyWithinMinutes: 720 })
    )
  })
})
