import { describe, expect, test } from 'vitest'
import { clerkCode } from '@/components/lib/clerk-error-code'
import { wordsFor } from '@/components/onboarding/phone-code-errors'

describe('what can go wrong with a code', () => {
  test.each([
    'empty',
    'not_six_digits',
    'form_code_incorrect',
    'verification_expired',
    'verification_failed'
  ])('%s is said at the field', (code) => {
    expect(wordsFor(code)).toMatchObject({ field: true, words: expect.stringMatching(/code/i) })
  })

  test('a number of somebody else and too many codes have words of their own', () => {
    expect(wordsFor('form_identifier_exists')).toMatchObject({
      field: false,
      words: expect.stringContaining('somebody else’s login')
    })
    expect(wordsFor('too_many_requests')).toMatchObject({
      field: false,
      words: expect.stringContaining('Wait a few minutes')
    })
  })

  test.each(['away', 'internal_clerk_error', 'toString', ''])(
    'anything else, such as %j, is trouble on the other side, with the answers kept',
    (code) => {
      expect(wordsFor(code)).toMatchObject({
        field: false,
        words: expect.stringContaining('Your answers are kept')
      })
    }
  )

  test('Clerk’s code is read from what its SDK throws, and from nothing else', () => {
    expect(
      clerkCode(Object.assign(new Error('x'), { errors: [{ code: 'form_code_incorrect' }] }))
    ).toBe('form_code_incorrect')
    for (const thrown of [
      new TypeError('Failed to fetch'),
      null,
      'text',
      Object.assign(new Error('x'), { errors: [] })
    ])
      expect(clerkCode(thrown)).toBeNull()
  })
})
