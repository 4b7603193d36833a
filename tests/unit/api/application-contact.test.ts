import { describe, expect, it } from 'vitest'
import { DraftInput } from '@/lib/api/application'
import { UNSERVED_REGIONS, US_STATES } from '@/lib/domain/onboarding/states-and-countries'

const read = (question: string, answer: unknown) => DraftInput.safeParse({ question, answer })
/** The errors as `field: message`, or the parsed input. */
const outcome = (question: string, answer: unknown) => {
  const parsed = read(question, answer)
  return parsed.success
    ? parsed.data.answer
    : parsed.error.issues.map(({ path, message }) => `${path.slice(1).join('.')}: ${message}`)
}
const long = 'x'.repeat(5_000)

describe('phone', () => {
  it.each([
    '4155550132',
    '415 555 0132',
    '415.555.0132',
    '+1 415 555 0132',
    '1-415-555-0132',
    '415–555—0132',
    '415‑555‑0132',
    '\u202a(415) 555-0132\u202c'
  ])('reads %j', (number) => {
    expect(outcome('phone', { number })).toEqual({ number: '+14155550132' })
  })

  it.each([
    '555 0132',
    '+44 20 7946 0958',
    '0155550132',
    '4150550132',
    '41555501322',
    'call me',
    '☎️',
    long
  ])('refuses %.40s', (number) => {
    expect(outcome('phone', { number })).toEqual([
      'number: Enter a US phone number with 10 digits, such as 415 555 0132'
    ])
  })

  it.each(['', ' ', '()-', null])('requires a number when it is %j', (number) => {
    expect(outcome('phone', { number })).toEqual(['number: Enter your mobile phone number'])
  })
})

describe('address', () => {
  const address = (more: object) =>
    outcome('address', {
      street: '1 Main St',
      city: 'Reno',
      state: 'NV',
      postalCode: '89501',
      ...more
    })

  it.each([
    'PO Box 12',
    'P.O. Box 12',
    'p o box 12',
    'P. O.  BOX 9',
    'Apt 3, PO BOX 7',
    'Post Office Box 12',
    'POBOX 5',
    'P.O.B. 5',
    'po box7',
    'PO-Box 12',
    'P/O Box 12',
    'Box 12',
    'BOX #12',
    'Box No. 12B',
    'Box 12, Reno',
    'General Delivery',
    'GENERAL DELIVERY 89501',
    'Gen. Del.',
    'PO Drawer 7',
    'Postal Box 9'
  ])('refuses %j as a home address', (street) => {
    expect(address({ street })).toEqual([
      'street: Enter the street address where you live, not a PO box'
    ])
  })

  it('refuses a PO box on the second line too', () => {
    expect(address({ street2: 'Box 12' })).toEqual([
      'street2: Enter the street address where you live, not a PO box'
    ])
    expect(address({ street: 'RR 2 Box 15', street2: 'PO Box 12' })).toEqual([
      'street2: Enter the street address where you live, not a PO box'
    ])
    expect(address({ street2: 'PO Box 12' })).toEqual([
      'street2: Enter the street address where you live, not a PO box'
    ])
  })

  it.each(['PSC 1234 Box 5678', 'UNIT 2050 BOX 4190', 'CMR 415 Box 12'])(
    'accepts %j at a military address',
    (street) => {
      for (const [city, state, postalCode] of [
        ['APO', 'AE', '09128'],
        ['FPO', 'AP', '96610'],
        ['DPO', 'AA', '34041']
      ])
        expect(address({ street, city, state, postalCode })).toMatchObject({ street, city, state })
    }
  )

  it('accepts a rural or military address on two lines', () => {
    expect(address({ street: 'RR 2', street2: 'Box 15' })).toMatchObject({
      street: 'RR 2',
      street2: 'Box 15'
    })
    expect(address({ street: 'PSC 3', street2: 'Box 4120' })).toMatchObject({ street2: 'Box 4120' })
  })

  it('reports a ZIP code that does not fit the state, and accepts it once the user confirms both', () => {
    const question =
      'ZIP code 94103 is usually in California. Check the ZIP code and the state, or continue if both are right'
    expect(address({ postalCode: '94103' })).toEqual([`postalCode: ${question}`])
    expect(address({ postalCode: '94103', confirmedZip: 'NV94103' })).toMatchObject({
      state: 'NV',
      postalCode: '94103'
    })
    expect(address({ postalCode: '94103', confirmedZip: 'OR94103' })).toEqual([
      `postalCode: ${question}`
    ])
    expect(address({ postalCode: '94103', confirmedZip: { $ne: 1 } })).toEqual([
      `postalCode: ${question}`
    ])
    expect(address({ postalCode: '00001' })).toMatchObject({ postalCode: '00001' })
  })

  it('finds the state of a ZIP code of each state', () => {
    const capitals = {
      AL: '36104',
      AK: '99801',
      AZ: '85001',
      CT: '06103',
      DC: '20001',
      HI: '96813',
      NJ: '08608',
      NY: '12207',
      TX: '78701',
      UT: '84111',
      VA: '20194',
      AE: '09128',
      AP: '96610',
      AA: '34041'
    }
    for (const [state, postalCode] of Object.entries(capitals))
      expect(address({ state, postalCode })).toMatchObject({ state, postalCode })
  })

  it.each(UNSERVED_REGIONS)(
    'accepts %s without the rest of an address, because Jiko does not serve it anyway',
    (state) => {
      expect(address({ street: '', city: null, state, postalCode: 'M5V 2T6' })).toMatchObject({
        state,
        street: ''
      })
    }
  )

  it.each([
    '12 Boxwood Lane',
    '5 Polk Street',
    '1 Post Office Road',
    '9 Box Elder Ct',
    '3 Po Boulevard',
    'Box Canyon Rd',
    '14 Box Canyon Rd',
    'RR 2 Box 15',
    'R.R. 2, Box 15',
    'Rural Route 4 Box 9A',
    'HC 68 Box 23A',
    'PSC 3 Box 4120',
    '1 General Delivery Way',
    '12 Postbox Lane'
  ])('accepts %j', (street) => expect(address({ street })).toMatchObject({ street }))

  it.each([
    ['89501', '89501'],
    ['89501-1234', '89501-1234'],
    ['895011234', '89501-1234'],
    ['89501 1234', '89501-1234'],
    ['89501–1234', '89501-1234'],
    [' 89501 ', '89501']
  ])('reads the ZIP code %j', (postalCode, understood) =>
    expect(address({ postalCode })).toMatchObject({ postalCode: understood })
  )

  it('keeps the zeros at the start of a ZIP code', () => {
    expect(address({ state: 'NY', postalCode: '00501' })).toMatchObject({ postalCode: '00501' })
  })

  it.each(['8950', '8950A', 'SW1A 1AA', '', '89501-12', '٨٩٥٠١'])(
    'refuses %j as a ZIP code',
    (postalCode) => {
      expect(address({ postalCode })).toEqual([
        'postalCode: Enter a ZIP code with 5 digits, such as 94103'
      ])
    }
  )

  it.each(['', 'Nevada', 'nv', 'ZZ', null, 'toString'])('requires a state when it is %j', (state) =>
    expect(address({ state })).toEqual(['state: Choose your state'])
  )

  it('lists 50 states, the District of Columbia and the armed forces’ addresses, each once', () => {
    expect(new Set(US_STATES.map(([code]) => code)).size).toBe(54)
  })

  it('reports every invalid field at once', () => {
    expect(outcome('address', { street: '', city: long, state: '', postalCode: '' })).toEqual([
      'street: Enter your street address',
      'city: City must be 250 characters or fewer',
      'state: Choose your state',
      'postalCode: Enter a ZIP code with 5 digits, such as 94103'
    ])
  })
})

describe('work', () => {
  it('requires a title from employed applicants only', () => {
    expect(outcome('work', { employment: 'EMPLOYED', occupation: '' })).toEqual([
      'occupation: Enter your job title'
    ])
    expect(outcome('work', { employment: 'EMPLOYED', occupation: 'x' })).toEqual([
      'occupation: Enter your job title'
    ])
    expect(outcome('work', { employment: 'STUDENT' })).toEqual({
      employment: 'STUDENT',
      occupation: null
    })
  })

  it('keeps other applicants’ descriptions, and none for those without an occupation', () => {
    expect(outcome('work', { employment: 'INDEPENDENT', occupation: ' Potter ' })).toEqual({
      employment: 'INDEPENDENT',
      occupation: 'Potter'
    })
    expect(outcome('work', { employment: 'RETIRED', occupation: '' })).toEqual({
      employment: 'RETIRED',
      occupation: null
    })
    expect(
      outcome('work', { employment: 'UNEMPLOYED', occupation: 'left over from another choice' })
    ).toEqual({ employment: 'UNEMPLOYED', occupation: null })
  })

  it.each(['', 'employed', 'CEO', null])('requires a choice when it is %j', (employment) => {
    expect(outcome('work', { employment, occupation: 'Baker' })).toContain(
      'employment: Choose what describes you best'
    )
  })
})

describe('choices', () => {
  it.each([
    ['income', { income: 'A LOT' }, 'income: Choose your yearly income'],
    ['income', {}, 'income: Choose your yearly income'],
    ['netWorth', { netWorth: '5' }, 'netWorth: Choose your net worth']
  ])('of %s accept only the listed values, not %j', (question, answer, complaint) =>
    expect(outcome(question, answer)).toEqual([complaint])
  )
})
