import { describe, expect, it } from 'vitest'
import { DraftInput } from '@/lib/api/application'
import { QUESTIONS } from '@/lib/domain/onboarding/onboarding'
import {
  COUNTRIES,
  UNSERVED_REGIONS,
  US_STATES
} from '@/lib/domain/onboarding/states-and-countries'

const read = (question: string, answer: unknown) => DraftInput.safeParse({ question, answer })
/** The errors as `field: message`, or the parsed input. */
const outcome = (question: string, answer: unknown) => {
  const parsed = read(question, answer)
  return parsed.success
    ? parsed.data.answer
    : parsed.error.issues.map(({ path, message }) => `${path.slice(1).join('.')}: ${message}`)
}
const long = 'x'.repeat(5_000)

const GOOD: Record<string, [typed: unknown, understood: unknown]> = {
  name: [
    { firstName: ' Ada ', middleName: '', lastName: 'Lovelace' },
    { firstName: 'Ada', middleName: null, lastName: 'Lovelace' }
  ],
  dateOfBirth: [{ month: '2', day: '29', year: '1992' }, { date: '1992-02-29' }],
  citizenship: [{ citizen: 'OTHER', country: 'NG' }, { country: 'NG' }],
  phone: [{ number: '(415) 555-0132' }, { number: '+14155550132' }],
  address: [
    { street: '1 Main St', street2: 'Apt 4', city: 'Reno', state: 'NV', postalCode: '89501' },
    { street: '1 Main St', street2: 'Apt 4', city: 'Reno', state: 'NV', postalCode: '89501' }
  ],
  work: [
    { employment: 'EMPLOYED', occupation: 'Baker' },
    { employment: 'EMPLOYED', occupation: 'Baker' }
  ],
  income: [{ income: 'BELOW_50K' }, { income: 'BELOW_50K' }],
  netWorth: [{ netWorth: 'OVER_5M' }, { netWorth: 'OVER_5M' }],
  affiliations: [{}, { brokerDealer: null, directorOf: null }]
}

describe('DraftInput', () => {
  it('parses every question', () =>
    expect(Object.keys(GOOD).sort()).toEqual(QUESTIONS.map(({ key }) => key).sort()))

  it.each(Object.entries(GOOD))('accepts a good answer to %s', (question, [typed, understood]) =>
    expect(outcome(question, typed)).toEqual(understood)
  )

  it.each(Object.keys(GOOD))('refuses an invalid answer to %s', (question) => {
    for (const answer of [null, undefined, 'text', 7, [], [{}]])
      expect(read(question, answer).success).toBe(false)
  })

  it.each(['', 'ssn', '__proto__', 'constructor', null, 7])(
    'refuses the unknown question %j',
    (question) => {
      expect(DraftInput.safeParse({ question, answer: {} }).success).toBe(false)
    }
  )

  it('drops unknown fields, such as a number pasted into the wrong place', () => {
    expect(outcome('name', { firstName: 'Ada', lastName: 'Lovelace', ssn: '123456789' })).toEqual({
      firstName: 'Ada',
      middleName: null,
      lastName: 'Lovelace'
    })
  })
})

describe('name', () => {
  const name = (more: object) =>
    outcome('name', { firstName: 'Ada', lastName: 'Lovelace', ...more })

  it.each(['', '   ', '\u200b\u200d', '\u0000', null, undefined, 7, {}])(
    'requires a first name when it is %j',
    (firstName) => {
      expect(name({ firstName })).toEqual([
        'firstName: Enter your first name. If you have only one name, enter it as your last name and FNU as your first name'
      ])
    }
  )

  it('refuses names of 5,000 letters, field by field', () => {
    expect(name({ firstName: long, middleName: long, lastName: long })).toEqual([
      'firstName: First name must be 50 characters or fewer',
      'middleName: Middle name must be 50 characters or fewer',
      'lastName: Last name must be 50 characters or fewer'
    ])
  })

  it.each([
    'Łukasz',
    'Nguyễn',
    "D'Arcy-Smith",
    '李',
    'José',
    'X Æ A-12',
    'St. John',
    'O’Neil',
    'Kahananui ʻAkahi',
    'सीता',
    'محمد',
    'FNU'
  ])('leaves %s unchanged', (firstName) => {
    expect(name({ firstName })).toMatchObject({ firstName })
  })

  it.each([
    '🙂',
    'Ada 🙂',
    '<b>Ada</b>',
    'Ada & Co',
    'ada@example.com',
    '{{name}}',
    '1985',
    '---',
    'Ada;--',
    '$ADA'
  ])('refuses %j with a message', (firstName) => {
    expect(name({ firstName })).toEqual([
      'firstName: First name must have only letters, spaces, hyphens and apostrophes, as on your ID'
    ])
  })

  it('drops half of a surrogate pair', () =>
    expect(name({ firstName: 'Ada\ud83d' })).toMatchObject({ firstName: 'Ada' }))

  it('refuses markup in the middle and last name too', () => {
    expect(name({ middleName: '<i>', lastName: '💸' })).toEqual([
      'middleName: Middle name must have only letters, spaces, hyphens and apostrophes, as on your ID',
      'lastName: Last name must have only letters, spaces, hyphens and apostrophes, as on your ID'
    ])
  })

  it('replaces pasted tabs and line breaks with spaces', () => {
    expect(name({ firstName: 'Ada\tMaria', lastName: 'de\r\nla\u00a0Cruz' })).toMatchObject({
      firstName: 'Ada Maria',
      lastName: 'de la Cruz'
    })
  })

  it('normalises a name, however it was typed', () => {
    expect(name({ firstName: 'Jose\u0301\u200b  Maria\t ' })).toMatchObject({
      firstName: 'José Maria'
    })
  })
})

describe('date of birth', () => {
  const born = (month: unknown, day: unknown, year: unknown) =>
    outcome('dateOfBirth', { month, day, year })

  it.each([
    ['3', '7', '1985', '1985-03-07'],
    ['03', '07', '1985', '1985-03-07'],
    [' 12 ', '31', '2000', '2000-12-31'],
    ['2', '29', '2000', '2000-02-29'],
    ['March', '7', '1985', '1985-03-07'],
    ['mar.', '7', '1985', '1985-03-07'],
    ['SEPT', '7', '1985', '1985-09-07'],
    ['may', '7', '1985', '1985-05-07'],
    ['1', '1', '1900', '1900-01-01']
  ])('reads %s %s %s', (month, day, year, date) => expect(born(month, day, year)).toEqual({ date }))

  it('does not check the age, which another step does', () => {
    const year = String(new Date().getUTCFullYear() - 5)
    expect(born('1', '1', year)).toEqual({ date: `${year}-01-01` })
  })

  it.each([
    ['2', '30', '1985', 'day: Enter a real date, such as 3 27 1985'],
    ['2', '29', '1900', 'day: Enter a real date, such as 3 27 1985'],
    ['4', '31', '1985', 'day: Enter a real date, such as 3 27 1985'],
    ['13', '1', '1985', 'month: Month must be a number from 1 to 12, or a name such as March'],
    ['0', '1', '1985', 'month: Month must be a number from 1 to 12, or a name such as March'],
    ['Ma', '1', '1985', 'month: Month must be a number from 1 to 12, or a name such as March'],
    ['Smarch', '1', '1985', 'month: Month must be a number from 1 to 12, or a name such as March'],
    ['1', '32', '1985', 'day: Day must be a number from 1 to 31'],
    ['1', '-1', '1985', 'day: Day must be a number from 1 to 31'],
    ['1', '1.5', '1985', 'day: Day must be a number from 1 to 31'],
    ['1', '1', '85', 'year: Year must have 4 digits'],
    ['1', '1', '0085', 'year: Year must be 1900 or later'],
    ['1', '1', '1899', 'year: Year must be 1900 or later'],
    ['1', '1', '１９８５', 'year: Year must have 4 digits'],
    ['', '', '', 'month: Enter your date of birth'],
    ['', '1', '1985', 'month: Enter the month you were born'],
    ['1', '', '1985', 'day: Enter the day you were born'],
    ['1', '1', '', 'year: Enter the year you were born']
  ])('explains what is wrong with %j %j %j', (month, day, year, complaint) =>
    expect(born(month, day, year)).toEqual([complaint])
  )

  it('reports every wrong part at once', () => {
    expect(born('Smarch', '32', '85')).toEqual([
      'month: Month must be a number from 1 to 12, or a name such as March',
      'day: Day must be a number from 1 to 31',
      'year: Year must have 4 digits'
    ])
    expect(born('', '32', '1899')).toEqual([
      'month: Enter the month you were born',
      'day: Day must be a number from 1 to 31',
      'year: Year must be 1900 or later'
    ])
  })

  it('requires each part that is missing', () => {
    expect(outcome('dateOfBirth', {})).toEqual([
      'month: Enter the month you were born',
      'day: Enter the day you were born',
      'year: Enter the year you were born'
    ])
  })
})

describe('citizenship', () => {
  const citizen = (more: object) => outcome('citizenship', more)

  it('is the United States or a named country', () => {
    expect(citizen({ citizen: 'US' })).toEqual({ country: 'US' })
    expect(citizen({ citizen: 'US', country: 'FR' })).toEqual({ country: 'US' })
    for (const country of COUNTRIES)
      expect(citizen({ citizen: 'OTHER', country })).toEqual({ country })
  })

  it.each([undefined, null, '', 'fr', 'Atlantis', 'XX', 7])(
    'requires the country when it is %j',
    (country) => {
      expect(
        DraftInput.safeParse({ question: 'citizenship', answer: { citizen: 'OTHER', country } })
          .success
      ).toBe(false)
    }
  )

  it('requires a choice', () => expect(citizen({})).toEqual(['citizen: Choose your citizenship']))
})

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
