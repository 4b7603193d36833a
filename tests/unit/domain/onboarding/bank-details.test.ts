import { describe, expect, it } from 'vitest'
import {
  type AccountOwner,
  suggestAnswer,
  toBankDetails
} from '@/lib/domain/onboarding/bank-details'

const HOME = {
  street: '1 Market Street',
  city: 'San Francisco',
  region: 'CA',
  postalCode: '94105',
  country: 'US',
  primary: true
}
const MOBILE = { number: '4155550132', type: 'mobile1', primary: false }
const owner = (more: Partial<AccountOwner>): AccountOwner => ({
  names: [],
  phones: [],
  addresses: [],
  ...more
})
const detailsOf = (more: Partial<AccountOwner>) => toBankDetails(owner(more), 'First Bank')
const nameOf = (...names: string[]) => detailsOf({ names })?.name
const phoneOf = (...phones: AccountOwner['phones']) => detailsOf({ phones })?.phone?.number
const addressOf = (more: Partial<AccountOwner['addresses'][number]>) =>
  detailsOf({ addresses: [{ ...HOME, ...more }] })?.address

describe('the details of a bank', () => {
  it('have name, phone number and address in the form of the answers', () => {
    expect(detailsOf({ names: ['Ada Maria Okafor'], phones: [MOBILE], addresses: [HOME] })).toEqual(
      {
        bank: 'First Bank',
        name: { firstName: 'Ada', middleName: 'Maria', lastName: 'Okafor' },
        phone: { number: '+14155550132' },
        address: {
          street: '1 Market Street',
          street2: null,
          city: 'San Francisco',
          state: 'CA',
          postalCode: '94105'
        }
      }
    )
  })

  it.each([
    ['Ada Okafor', 'Ada', null, 'Okafor'],
    ['ADA MARY-JANE O’NEILL', 'Ada', 'Mary-Jane', 'O’Neill'],
    ['Ada J. van Okafor', 'Ada', 'J. van', 'Okafor'],
    [' Ada  Maria  Okafor ', 'Ada', 'Maria', 'Okafor'],
    ['ADA M OKAFOR', 'Ada', 'M', 'Okafor']
  ])('split the name %s', (text, firstName, middleName, lastName) => {
    expect(nameOf(text)).toEqual({ firstName, middleName, lastName })
  })

  it.each(['Ada', 'Ada & Ben Okafor', 'Ada and Ben Okafor', 'Okafor Tools LLC', ''])(
    'have no name from %j, which is not one person’s',
    (text) => {
      expect(nameOf(text)).toBeUndefined()
      expect(nameOf(text, 'Ada Okafor')).toMatchObject({ firstName: 'Ada' })
    }
  )

  it('prefer a mobile number, then the primary one', () => {
    const primary = { number: '+1 (212) 555-0100', type: 'home', primary: true }
    const other = { number: '3125550100', type: 'home', primary: false }
    expect(phoneOf(other, primary, MOBILE)).toBe('+14155550132')
    expect(phoneOf(other, primary)).toBe('+12125550100')
    expect(phoneOf(other)).toBe('+13125550100')
    expect(phoneOf({ ...other, type: null }, primary)).toBe('+12125550100')
  })

  it.each(['1112224444', '+44 20 7946 0018', '555', '415-555-0132 ext. 12'])(
    'have no phone number from %s',
    (number) => {
      expect(phoneOf({ ...MOBILE, number })).toBeUndefined()
    }
  )

  it('prefer the primary address, without the last digits of its ZIP code', () => {
    const other = { ...HOME, street: '9 Old Road', primary: false }
    const home = { ...HOME, postalCode: '94105-1234' }
    expect(detailsOf({ addresses: [other, home] })?.address).toMatchObject({
      street: '1 Market Street',
      postalCode: '94105'
    })
  })

  it.each([
    ['94105', null],
    ['941051234', 'US']
  ])('have an address with the ZIP code %s and the country %s', (postalCode, country) => {
    expect(addressOf({ postalCode, country })).toMatchObject({ postalCode: '94105' })
  })

  it.each([
    ['another country', { country: 'CA' }],
    ['an unknown state', { region: 'California' }],
    ['no ZIP code', { postalCode: '9410' }],
    ['too long a ZIP code', { postalCode: '194105' }],
    ['half a ZIP+4 code', { postalCode: '94105-12' }],
    ['no street', { street: '' }],
    ['no city', { city: '' }],
    ['a PO box', { street: 'PO Box 12' }]
  ])('have no address with %s', (_, more) => {
    expect(addressOf(more)).toBeUndefined()
  })

  it('are none if nothing can be used', () => {
    expect(detailsOf({ names: ['Ada'], phones: [], addresses: [] })).toBeNull()
  })
})

describe('a question', () => {
  const fromBank = { bank: 'First Bank', phone: { number: '+14155550132' } }

  it('shows what the bank suggests until it is answered', () => {
    expect(suggestAnswer({ fromBank }, 'phone')).toMatchObject({
      answers: { phone: { number: '+14155550132' } },
      bank: 'First Bank'
    })
    const answered = { fromBank, phone: { number: '+12125550100' } }
    expect(suggestAnswer(answered, 'phone')).toEqual({ answers: answered, bank: null })
  })

  it('that the bank knows nothing about is empty', () => {
    expect(suggestAnswer({ fromBank }, 'address')).toEqual({ answers: { fromBank }, bank: null })
    expect(suggestAnswer({}, 'phone')).toEqual({ answers: {}, bank: null })
  })
})
