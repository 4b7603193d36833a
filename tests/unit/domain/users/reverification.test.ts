import { describe, expect, it } from 'vitest'
import { isFresh, type Reverification, reverificationFor } from '@/lib/domain/users/reverification'

const ENROLLED_AT = 1_000_000
const verified: Reverification = { firstFactorAge: 1, secondFactorAge: 2 }

describe('a verification', () => {
  it.each([
    ['without a second factor', null, ENROLLED_AT, undefined, null],
    ['in a session that started before the enrolment', ENROLLED_AT, ENROLLED_AT - 1, null, null],
    ['in a session that started at the enrolment', ENROLLED_AT, ENROLLED_AT, null, 2],
    ['in a session that started after the enrolment', ENROLLED_AT, ENROLLED_AT + 1, null, 2],
    ['of a factor verified before the enrolment', ENROLLED_AT, 0, ENROLLED_AT - 1, null],
    ['of a factor verified at the enrolment', ENROLLED_AT, 0, ENROLLED_AT, 2],
    ['of a user whose enrolment date Clerk does not know', 0, 5, null, 2]
  ])(
    '%s counts the second factor as %5$s minutes old',
    (_, enrolledAt, sessionAt, secondFactorVerifiedAt, age) => {
      const proof = {
        ...verified,
        ...(secondFactorVerifiedAt === undefined ? {} : { secondFactorVerifiedAt })
      }
      expect(reverificationFor(proof, { enrolledAt, sessionAt })).toEqual({
        ...proof,
        secondFactorAge: age,
        enrolled: enrolledAt !== null
      })
    }
  )

  it.each<[string, Reverification, boolean]>([
    ['nine minutes old', { firstFactorAge: 9, secondFactorAge: null, enrolled: false }, true],
    ['ten minutes old', { firstFactorAge: 10, secondFactorAge: null, enrolled: false }, false],
    ['that never happened', { firstFactorAge: null, secondFactorAge: 1, enrolled: false }, false],
    ['of the second factor', { firstFactorAge: 90, secondFactorAge: 0, enrolled: true }, true],
    ['of a password only', { firstFactorAge: 0, secondFactorAge: null, enrolled: true }, false],
    ['of unknown enrolment', { firstFactorAge: 0, secondFactorAge: 0 }, false]
  ])('%s is fresh: %3$s', (_, reverification, fresh) => {
    expect(isFresh(reverification, '10m')).toBe(fresh)
  })

  it('of a minute ago is not fresh where one within the minute is required', () => {
    const verifiedAgo = (firstFactorAge: number) => ({
      firstFactorAge,
      secondFactorAge: null,
      enrolled: false
    })
    expect([0, 1].map((age) => isFresh(verifiedAgo(age), '1m'))).toEqual([true, false])
  })
})
