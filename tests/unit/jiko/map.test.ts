import { describe, expect, it } from 'vitest'
import {
  toAgreements,
  toApplicationBody,
  toBankApplication,
  toBankPocket,
  toPocketTransaction
} from '@/lib/services/jiko/map'
import {
  JikoAgreements,
  JikoApplication,
  JikoCounterparty,
  JikoPocket,
  JikoTransaction
} from '@/lib/services/jiko/wire'
import { applicationFacts, SSN } from '@/tests/support/jiko'

describe('an application’s request body', () => {
  it('is byte for byte the same for the same facts, however they were stored', () => {
    const body = toApplicationBody(applicationFacts(), SSN)
    const shuffled = applicationFacts()
    shuffled.answers = Object.fromEntries(Object.entries(shuffled.answers).reverse())
    expect(toApplicationBody(JSON.parse(JSON.stringify(shuffled)), SSN)).toBe(body)
  })

  it('has the required fields and omits unanswered ones', () => {
    expect(JSON.parse(toApplicationBody(applicationFacts(), SSN))).toEqual({
      name: { first_name: 'Ada', last_name: 'Okafor' },
      email: 'ada@example.com',
      phone_number: '+14155550132',
      date_of_birth: '1985-03-27',
      identification_number: SSN,
      identification_type: 'SSN',
      identification_number_issuing_country: 'US',
      citizenship_country: 'US',
      address: {
        street_address: '1 Market Street',
        city: 'San Francisco',
        postal_code: '94105',
        state: 'CA',
        country: 'US'
      },
      agreement_consent: { version: '1.0.0', timestamp: '2026-11-01T10:00:00.000Z' },
      investment_profile: {
        employment_status: 'EMPLOYED',
        occupation: 'Engineer',
        income: 'BETWEEN_50K_AND_100K',
        net_worth: 'BETWEEN_50K_AND_200K'
      }
    })
  })

  it('contains every answer', () => {
    const facts = applicationFacts()
    facts.answers.name = { firstName: 'Ada', middleName: 'Mae', lastName: 'Okafor' }
    facts.answers.affiliations = { brokerDealer: 'Firm', directorOf: 'Company' }
    expect(JSON.parse(toApplicationBody(facts, SSN))).toMatchObject({
      name: { middle_name: 'Mae' },
      investment_profile: { bd_association: 'Firm', director_policy_maker_of_company: 'Company' }
    })
  })

  it('contains the citizenship, and US when it was never asked', () => {
    const facts = applicationFacts()
    const { citizenship: _, ...unasked } = facts.answers
    expect(
      JSON.parse(
        toApplicationBody(
          { ...facts, answers: { ...unasked, citizenship: { country: 'NG' } } },
          SSN
        )
      ).citizenship_country
    ).toBe('NG')
    expect(toApplicationBody({ ...facts, answers: unasked }, SSN)).toBe(
      toApplicationBody(facts, SSN)
    )
  })

  it('is not built from incomplete answers', () => {
    const facts = applicationFacts()
    facts.answers = { name: facts.answers.name }
    expect(() => toApplicationBody(facts, SSN)).toThrow('a question has no answer')
  })
})

describe('a Jiko response', () => {
  const application = {
    id: 'a1',
    status: 'APPROVED',
    customer_id: 'c1',
    documents: null,
    name: { first_name: 'Ada' }
  }
  const readApplication = (changes: object) =>
    toBankApplication(JikoApplication.parse({ ...application, ...changes }))

  it('has a customer once approved', () => {
    expect(readApplication({})).toMatchObject({
      status: 'APPROVED',
      customerId: 'c1',
      documents: []
    })
  })

  it('has no customer earlier, even when the response contains one', () => {
    expect(readApplication({ status: 'DOCUMENTS_NEEDED' }).customerId).toBeNull()
  })

  it('keeps an unknown status', () => {
    expect(readApplication({ status: 'ON_THE_MOON' }).status).toBe('ON_THE_MOON')
  })

  it('lists the requested documents', () => {
    const documents = [
      {
        id: 'd1',
        type: 'ID_FRONT',
        status: 'INVALID',
        exception_reason: 'IMAGE_QUALITY_ERROR_CUTOFF',
        name: 'x'
      }
    ]
    const read = readApplication({
      status: 'DOCUMENTS_NEEDED',
      documents,
      id_verification_documents_needed: true
    })
    expect(read.documents).toEqual([
      { id: 'd1', type: 'ID_FRONT', status: 'INVALID', reason: 'IMAGE_QUALITY_ERROR_CUTOFF' }
    ])
  })

  it('requests documents that only a flag names', () => {
    const read = readApplication({
      status: 'DOCUMENTS_NEEDED',
      documents: [],
      id_verification_documents_needed: true,
      address_verification_document_needed: true
    })
    expect(read.documents.map(({ type, status }) => `${type} ${status}`)).toEqual([
      'PASSPORT PENDING_UPLOAD',
      'ID_FRONT PENDING_UPLOAD',
      'ID_BACK PENDING_UPLOAD',
      'SELFIE PENDING_UPLOAD',
      'ADDRESS_VERIFICATION PENDING_UPLOAD'
    ])
  })

  it.each([
    [['PASSPORT'], ['PASSPORT', 'SELFIE']],
    [['ID_FRONT'], ['ID_FRONT', 'PASSPORT', 'ID_BACK', 'SELFIE']],
    [
      ['ID_FRONT', 'ID_BACK', 'SELFIE'],
      ['ID_FRONT', 'ID_BACK', 'SELFIE']
    ]
  ])('keeps requesting by the flag what is missing after %j was sent', (sent, asked) => {
    const documents = sent.map((type) => ({
      id: type,
      type,
      status: 'PENDING_REVIEW',
      exception_reason: null
    }))
    const read = readApplication({
      status: 'DOCUMENTS_NEEDED',
      documents,
      id_verification_documents_needed: true
    })
    expect(read.documents.map(({ type }) => type)).toEqual(asked)
  })

  it('has a balance in cents, or none while the pocket has no portfolio', () => {
    const pocket = {
      id: 'p1',
      pocket_name: 'Rainy day',
      status: 'OPEN',
      portfolio: { total_value: { value: 123_45, currency: 'USD', formatted: '$123.45' } }
    }
    expect(toBankPocket(JikoPocket.parse(pocket)).balance).toEqual({
      minor: 12_345n,
      currency: 'USD'
    })
    expect(toBankPocket(JikoPocket.parse({ ...pocket, portfolio: null })).balance).toBeNull()
  })

  it.each([
    ['CREDIT', 500, 500n],
    ['DEBIT', 500, -500n],
    ['DEBIT', -500, -500n]
  ])('counts a %s of %i as %i', (direction, value, minor) => {
    const transaction = {
      id: 't1',
      type: 'ACH',
      amount: { value, currency: 'USD' },
      direction,
      status: 'BOOKED',
      time_booked: '2026-01-02T00:00:00Z'
    }
    expect(toPocketTransaction(JikoTransaction.parse(transaction))).toMatchObject({
      amount: { minor, currency: 'USD' },
      title: 'ACH',
      pending: true
    })
  })

  it('is sanitised: no NUL, half a surrogate, control character or mark that reorders text', () => {
    const odd = (text: string) => `\0${text}\ud800\u202e\n`
    const transaction = {
      id: odd('t1'),
      type: odd('ACH'),
      amount: { value: 5, currency: odd('USD') },
      direction: odd('CREDIT'),
      status: odd('SETTLED')
    }
    const security = {
      cusip: odd('912797'),
      description: odd('Bill'),
      quantity: 1,
      yield_to_maturity: odd('0.04')
    }
    const document = {
      title: odd('Terms'),
      pdf_download_url: 'https://jiko.example/a.pdf',
      type: odd('T'),
      category: odd('C')
    }
    const read = [
      toBankPocket(
        JikoPocket.parse({
          id: odd('p1'),
          pocket_name: odd('Rainy day'),
          status: odd('OPEN'),
          portfolio: { securities: [security] }
        })
      ),
      toPocketTransaction(
        JikoTransaction.parse({
          ...transaction,
          title: odd('Pay'),
          time_booked: '2026-01-02T00:00:00Z'
        })
      ),
      readApplication({
        status: odd('REVIEW'),
        documents: [
          { id: odd('d1'), type: odd('ID'), status: odd('INVALID'), exception_reason: odd('CUT') }
        ]
      }),
      toAgreements(
        JikoAgreements.parse({
          version: odd('1'),
          release_date: '2026-01-01',
          documents: [document]
        })
      ),
      JikoCounterparty.parse({
        id: odd('c1'),
        ach: { status: odd('OK'), institution_name: odd('Bank'), plaid: { mask: odd('0000') } }
      })
    ]
    expect(read).toMatchObject([
      {
        jikoPocketId: 'p1',
        name: 'Rainy day',
        status: 'OPEN',
        securities: [{ cusip: '912797', description: 'Bill', yieldToMaturity: '0.04' }]
      },
      {
        jikoTransactionId: 't1',
        type: 'ACH',
        title: 'Pay',
        amount: { currency: 'USD' },
        pending: false
      },
      { status: 'REVIEW', documents: [{ id: 'd1', type: 'ID', status: 'INVALID', reason: 'CUT' }] },
      { version: '1', documents: [{ title: 'Terms', type: 'T', category: 'C' }] },
      { id: 'c1', ach: { status: 'OK', institution_name: 'Bank', plaid: { mask: '0000' } } }
    ])
  })
})
