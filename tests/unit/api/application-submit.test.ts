import { describe, expect, it } from 'vitest'
import { AgreementsInput, EsignConsentInput, SubmitInput } from '@/lib/api/application'

const long = 'x'.repeat(5_000)

describe('SubmitInput', () => {
  const ssn = (typed: unknown) => {
    const parsed = SubmitInput.safeParse({ ssn: typed })
    return parsed.success ? parsed.data.ssn : parsed.error.issues.map(({ message }) => message)
  }

  it.each([
    '123456789',
    '123-45-6789',
    '123 45 6789',
    ' 123.45.6789 ',
    '123–45–6789',
    '\u200b123-45-6789'
  ])('reads %j', (typed) => expect(ssn(typed)).toBe('123456789'))

  it.each([
    '12345678',
    '1234567890',
    '12345678O',
    'abcdefghi',
    '000456789',
    '666456789',
    '123006789',
    '123450000',
    '１２３４５６７８９',
    '🔢',
    long
  ])('refuses %.20s', (typed) =>
    expect(ssn(typed)).toEqual([
      'Enter a Social Security number with 9 digits, such as 123 45 6789'
    ])
  )

  it.each([undefined, null, 123456789, ['123456789'], {}])(
    'requires the number when it is %j',
    (typed) => {
      expect(ssn(typed)).toEqual(['Enter your Social Security number'])
    }
  )

  it('requires a missing number, before anything else', () =>
    expect(ssn('')).toContain('Enter your Social Security number'))

  it('does not repeat the input in an error message', () => {
    const parsed = SubmitInput.safeParse({ ssn: '987-65-432X' })
    expect(JSON.stringify(parsed.error?.issues)).not.toContain('987')
  })
})

describe('EsignConsentInput', () => {
  const good = { version: 'v1', shown: '4821', agreed: true }

  it('accepts a version that was agreed to, and the number on the e-sign test page or none', () => {
    expect(EsignConsentInput.parse(good)).toEqual(good)
    expect(EsignConsentInput.parse({ ...good, shown: ' 48 21\u200b' })).toEqual(good)
    expect(EsignConsentInput.parse({ version: 'v1', agreed: true })).toEqual({ ...good, shown: '' })
  })

  it.each([false, 'true', 1, null, undefined])('refuses %j as consent', (agreed) => {
    const parsed = EsignConsentInput.safeParse({ ...good, agreed })
    expect(parsed.error?.issues[0]?.message).toBe('Tick the box to agree to electronic documents')
  })

  it.each(['', long, 7, null])('refuses %.20j as a version', (version) =>
    expect(EsignConsentInput.safeParse({ ...good, version }).success).toBe(false)
  )

  it.each(['four', '123', '12345'])('refuses %j as the number', (shown) => {
    expect(EsignConsentInput.safeParse({ ...good, shown }).error?.issues[0]?.message).toMatch(
      /^Enter the number that the test page shows/
    )
  })
})

describe('AgreementsInput', () => {
  it('accepts the groups that were agreed to', () => {
    const good = { version: 'v1', agreed: ['BANK', 'GENERAL'] }
    expect(AgreementsInput.parse(good)).toEqual(good)
  })

  it.each([true, 'BANK', [1], [long], Array(51).fill('BANK'), null])(
    'refuses %.20j as groups',
    (agreed) => expect(AgreementsInput.safeParse({ version: 'v1', agreed }).success).toBe(false)
  )
})
