/** Applications at the emulator: validation, outcomes and their switches. */
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { type Application, applicationBody, openJikoEmulator, SSN } from '@/tests/support/jiko'

const bank = await openJikoEmulator()
const { apply, call, control, create, decided, read } = bank
afterAll(() => bank.close())
beforeEach(() => bank.reset())

type Detail = { detail: { loc: string[]; msg: string; type: string }[] }

const APPLICATIONS = '/api/v1/applications/'

describe('an application', () => {
  const REQUIRED = [
    'name',
    'email',
    'phone_number',
    'date_of_birth',
    'identification_number',
    'address',
    'agreement_consent',
    'investment_profile'
  ]
  it.each(REQUIRED)('requires %s', async (field) => {
    const { [field]: _, ...rest } = applicationBody()
    const answer = await call('POST', APPLICATIONS, rest)
    expect(answer.status).toBe(422)
    expect((answer.body as Detail).detail).toEqual([
      { loc: ['body', field], msg: 'Field required', type: 'missing' }
    ])
  })

  it.each([
    [{ nickname: 'Ada' }, ['body', 'nickname'], 'extra_forbidden'],
    [{ email: 'nobody' }, ['body', 'email'], 'string_pattern_mismatch'],
    [{ identification_number: '12-34' }, ['body', 'identification_number'], 'value_error'],
    [{ date_of_birth: '1985-02-30' }, ['body', 'date_of_birth'], 'string_pattern_mismatch'],
    [{ date_of_birth: '2020-01-01' }, ['body', 'date_of_birth'], 'value_error'],
    [{ phone_number: 'call me' }, ['body', 'phone_number'], 'string_pattern_mismatch'],
    [{ citizenship_country: 'USA' }, ['body', 'citizenship_country'], 'string_pattern_mismatch'],
    [
      { name: { first_name: 'x'.repeat(51), last_name: 'y' } },
      ['body', 'name', 'first_name'],
      'too_long'
    ],
    [
      { agreement_consent: { version: '9.9.9', timestamp: '2026-11-01T10:00:00Z' } },
      ['body', 'agreement_consent', 'version'],
      'value_error'
    ],
    [
      { agreement_consent: { version: '1.0.0', timestamp: 'today' } },
      ['body', 'agreement_consent', 'timestamp'],
      'string_pattern_mismatch'
    ],
    [
      {
        investment_profile: {
          employment_status: 'EMPLOYED',
          income: 'BELOW_50K',
          net_worth: 'BELOW_50K'
        }
      },
      ['body', 'investment_profile', 'occupation'],
      'missing'
    ]
  ])('is refused with %j', async (changes, loc, type) => {
    const answer = await call('POST', APPLICATIONS, { ...applicationBody(), ...changes })
    expect(answer.status).toBe(422)
    expect((answer.body as Detail).detail).toEqual([expect.objectContaining({ loc, type })])
  })

  it('is refused with one sentence when the switch is set', async () => {
    await control('/switches', { validationShape: 'string' })
    const answer = await call('POST', APPLICATIONS, {})
    expect(answer).toMatchObject({
      status: 422,
      body: {
        detail: expect.stringContaining('body.name'),
        instance: APPLICATIONS,
        trace_id: expect.any(String)
      }
    })
  })

  it('returns the date of birth nested, and never the identification number', async () => {
    const answer = await call('POST', APPLICATIONS, applicationBody())
    expect(answer).toMatchObject({
      status: 201,
      body: { status: 'CREATED', customer_id: null, date_of_birth: { date_of_birth: '1985-03-27' } }
    })
    expect(answer.text).not.toContain(SSN)
  })

  it.each([
    ['Review', 'MANUAL_REVIEW', 'application.manual_review'],
    ['documents', 'DOCUMENTS_NEEDED', 'application.documents_needed'],
    ['Rejected', 'REJECTED', 'application.rejected'],
    ['Okafor', 'APPROVED', 'application.approved']
  ])('of %s ends as %s', async (lastName, status, event) => {
    const application = await decided(lastName)
    expect(application.status).toBe(status)
    expect(application.customer_id !== null).toBe(status === 'APPROVED')
    expect((await call('GET', '/api/v1/events/')).body).toMatchObject({
      items: [{ event: { event_type: event, payload: { application_id: application.id } } }]
    })
  })

  it('is SUBMITTED until the check ends', async () => {
    const slow = await openJikoEmulator({ decisionDelay: 60_000 })
    const { id } = (await slow.call('POST', APPLICATIONS, applicationBody())).body as Application
    expect((await slow.call('POST', `${APPLICATIONS}${id}/apply/`)).body).toMatchObject({
      status: 'SUBMITTED'
    })
    expect((await slow.call('GET', `${APPLICATIONS}${id}/`)).body).toMatchObject({
      status: 'SUBMITTED'
    })
    await slow.control('/clock', { advance: 50_000 })
    await slow.control('/clock', { advance: 10_000 })
    expect((await slow.call('GET', `${APPLICATIONS}${id}/`)).body).toMatchObject({
      status: 'APPROVED'
    })
    await slow.close()
  })

  it('is decided in the response of apply when the switch is set', async () => {
    await control('/switches', { applyAnswer: 'final' })
    expect((await apply((await create()).id)).status).toBe('APPROVED')
  })

  it('is applied once, however often apply is called', async () => {
    const { id } = await create()
    await apply(id)
    await apply(id)
    expect((await control('/ledger')).body).toMatchObject({
      applied: 1,
      applications: [{ id, applied: 1 }],
      customers: 1
    })
  })

  it('stops at an unlisted status when the switch is set, until it is decided by hand', async () => {
    await control('/switches', { unknownStatus: true })
    const { id, status } = await decided()
    expect(status).toBe('THIRD_PARTY_SCREENING')
    await control(`/applications/${id}/decide`, { decision: 'approve' })
    expect((await read(id)).status).toBe('APPROVED')
    expect((await control(`/applications/${id}/decide`, { decision: 'reject' })).status).toBe(409)
  })

  it.each([
    ['accept', 201, 'APPROVED'],
    ['manual_review', 201, 'MANUAL_REVIEW']
  ])('with consent to an older bundle: %s', async (staleConsent, created, end) => {
    await call('GET', '/api/v1/agreements/')
    await control('/agreements/publish', {})
    await control('/switches', { staleConsent })
    const answer = await call('POST', APPLICATIONS, applicationBody())
    expect(answer.status).toBe(created)
    const { id } = answer.body as Application
    await apply(id)
    expect((await read(id)).status).toBe(end)
  })

  it('with consent to an older bundle: refuse', async () => {
    await call('GET', '/api/v1/agreements/')
    await control('/agreements/publish', {})
    await control('/switches', { staleConsent: 'refuse' })
    expect((await call('POST', APPLICATIONS, applicationBody())).status).toBe(422)
  })
})
