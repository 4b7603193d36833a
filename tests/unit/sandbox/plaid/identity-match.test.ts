import { describe, expect, it } from 'vitest'
import { type MatchUser, matchOwners } from '@/sandbox/plaid/identity-match'
import { DEFAULT_OWNER } from '@/sandbox/plaid/logins/bank-data'

const owner = {
  ...DEFAULT_OWNER,
  names: ['Robert Charles Mason'],
  emails: [{ data: 'Bob.Mason@example.com', primary: true, type: 'primary' }]
}
const matchOf = (user: MatchUser) => matchOwners(user, [DEFAULT_OWNER, owner])
const nameScore = (legal_name: string) => matchOf({ legal_name }).legal_name

describe('/identity/match', () => {
  it.each([
    ['robert charles mason', 100, false],
    ['Robert Mason', 85, false],
    ['Bob Charles Mason', 95, true],
    ['Bob Mason', 85, true]
  ])('scores the name %s as %i', (name, score, is_nickname_match) => {
    expect(nameScore(name)).toMatchObject({ score, is_nickname_match })
  })

  it('scores another spelling of a first name as a match', () => {
    const beth = { ...owner, names: ['Elizabeth Mason'] }
    const { legal_name } = matchOwners({ legal_name: 'Mason Elisabeth' }, [beth])
    expect(legal_name?.score).toBeGreaterThanOrEqual(70)
  })

  it('scores a relative and a stranger below 70', () => {
    expect(nameScore('Grace Mason')).toMatchObject({ is_first_name_or_last_name_match: true })
    expect(nameScore('Grace Mason')?.score).toBeLessThan(70)
    expect(nameScore('Ada Lovelace')).toEqual({
      score: 0,
      is_first_name_or_last_name_match: false,
      is_nickname_match: false,
      is_business_name_detected: false
    })
  })

  it('notices a business', () => {
    expect(nameScore('Mason Tools, LLC')).toMatchObject({ is_business_name_detected: true })
  })

  it('compares phones and e-mails in their normal form, and takes the best owner', () => {
    expect(matchOf({ phone_number: '+1 (111) 222-4444' }).phone_number).toEqual({ score: 100 })
    expect(matchOf({ phone_number: '+11112225555' }).phone_number).toEqual({ score: 0 })
    expect(matchOf({ email_address: 'bob.mason@example.com' }).email_address).toEqual({
      score: 100
    })
    expect(matchOf({ email_address: 'bob.mason+x@example.com' }).email_address).toEqual({
      score: 90
    })
    expect(matchOf({ email_address: 'other@example.com' }).email_address).toEqual({ score: 0 })
  })

  it('weighs the parts of an address', () => {
    const [home] = DEFAULT_OWNER.addresses
    expect(matchOf({ address: home?.data }).address).toEqual({
      score: 100,
      is_postal_code_match: true
    })
    expect(matchOf({ address: { ...home?.data, street: '1 Other Way' } }).address).toEqual({
      score: 50,
      is_postal_code_match: true
    })
    expect(matchOf({ address: { street: '1 Other Way' } }).address).toMatchObject({
      score: 0,
      is_postal_code_match: false
    })
  })

  it('says nothing about what was not sent or is not known', () => {
    const unknown = { names: [], emails: [], phone_numbers: [], addresses: [] }
    const name = {
      score: null,
      is_first_name_or_last_name_match: null,
      is_nickname_match: null,
      is_business_name_detected: null
    }
    const nothing = {
      legal_name: name,
      phone_number: { score: null },
      email_address: { score: null },
      address: { score: null, is_postal_code_match: null }
    }
    expect(matchOf({})).toEqual(nothing)
    expect(matchOwners({ legal_name: 'Ada', email_address: 'a@b.c' }, [unknown])).toEqual(nothing)
  })
})
