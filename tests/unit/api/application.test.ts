import { describe, expect, it } from 'vitest'
import { DraftInput } from '@/lib/api/application'
import { QUESTIONS } from '@/lib/domain/onboarding/onboarding'
import { COUNTRIES } from '@/lib/domain/onboarding/states-and-countries'

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
