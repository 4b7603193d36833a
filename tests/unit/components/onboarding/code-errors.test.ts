import { describe, expect, test } from 'vitest'
import { clerkErrorCode } from '@/components/lib/clerk'
import { phoneCodeError } from '@/components/onboarding/use-phone-verification'

describe('a code error', () => {
  test.each([
    'empty',
    'not_six_digits',
    'form_code_incorrect',
    'verification_expired',
    'verification_failed'
  ])('%s is shown at the field', (code) => {
    expect(phoneCodeError(code)).toMatchObject({
      field: true,
      key: expect.stringMatching(/code/i)
    })
  })

  test("another user's number and too many codes have their own messages", () => {
    expect(phoneCodeError('form_identifier_exists')).toMatchObject({
      field: false,
      key: expect.stringContaining('another login')
    })
    expect(phoneCodeError('too_many_requests')).toMatchObject({
      field: false,
      key: expect.stringContaining('Wait a few minutes')
    })
  })

  test.each(['away', 'internal_clerk_error', 'toString', ''])(
    'any other, such as %j, is reported as a vendor problem, with the answers kept',
    (code) => {
      expect(phoneCodeError(code)).toMatchObject({
        field: false,
        key: expect.stringContaining('Your answers are saved')
      })
    }
  )

  test('is read from what Clerk’s SDK throws, and from nothing else', () => {
    expect(
      clerkErrorCode(Object.assign(new Error('x'), { errors: [{ code: 'form_code_incorrect' }] }))
    ).toBe('form_code_incorrect')
    for (const error of [
      new TypeError('Failed to fetch'),
      null,
      'text',
      Object.assign(new Error('x'), { errors: [] })
    ])
      expect(clerkErrorCode(error)).toBeNull()
  })
})
