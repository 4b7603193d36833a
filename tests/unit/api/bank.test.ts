import { describe, expect, it } from 'vitest'
import { LinkEventInput, SetAccessTokenInput } from '@/lib/api/connections'

describe('SetAccessTokenInput', () => {
  it('parses Link’s result into our field names', () => {
    const body = {
      public_token: 'public-1',
      link_session_id: 'session-1',
      institution_id: 'ins_1',
      accounts: [
        { id: 'a1', name: 'Checking', mask: '0000', subtype: 'checking', type: 'depository' }
      ],
      visit: '7f1f9a4e-3c6b-4f0e-9d0a-1b2c3d4e5f60'
    }
    expect(SetAccessTokenInput.parse(body)).toEqual({
      publicToken: 'public-1',
      linkSessionId: 'session-1',
      institutionId: 'ins_1',
      accounts: [{ name: 'Checking', mask: '0000', subtype: 'checking' }],
      visit: '7f1f9a4e-3c6b-4f0e-9d0a-1b2c3d4e5f60'
    })
  })

  it('requires only the token', () => {
    expect(SetAccessTokenInput.parse({ public_token: 'public-1' })).toEqual({
      publicToken: 'public-1',
      linkSessionId: null,
      institutionId: null,
      accounts: [],
      visit: null
    })
  })

  it('accepts every null that Link sends', () => {
    const body = {
      public_token: 'p',
      link_session_id: null,
      institution_id: null,
      accounts: [{ id: 'a', name: 'A', mask: null, subtype: null }]
    }
    expect(SetAccessTokenInput.parse(body).accounts).toEqual([
      { name: 'A', mask: null, subtype: null }
    ])
  })

  it.each([
    {},
    { public_token: '' },
    { public_token: null },
    { public_token: 'x'.repeat(201) },
    { public_token: ['p'] },
    { public_token: 'p', accounts: Array.from({ length: 201 }, () => ({ id: 'a', name: 'A' })) },
    { public_token: 'p', accounts: [{ id: 'a', name: 'x'.repeat(501) }] },
    { public_token: 'p', accounts: [{ name: 'A' }] },
    { public_token: 'p', accounts: {} },
    { public_token: 'p', visit: 'not-an-id' },
    null
  ])('refuses %.60j', (body) => expect(SetAccessTokenInput.safeParse(body).success).toBe(false))
})

describe('LinkEventInput', () => {
  it('parses the end of a Link session and keeps no token', () => {
    const event = LinkEventInput.parse({
      type: 'exit',
      error_type: 'ITEM_ERROR',
      error_code: 'ITEM_LOCKED',
      link_session_id: 's',
      public_token: 'public-1'
    })
    expect(event).toEqual({
      type: 'exit',
      linkSessionId: 's',
      requestId: null,
      status: null,
      errorType: 'ITEM_ERROR',
      errorCode: 'ITEM_LOCKED',
      institutionId: null,
      connectionId: null,
      visit: null
    })
  })

  it.each([
    {},
    { type: 'open' },
    { type: 'exit', status: 'x'.repeat(101) },
    { type: 'exit', request_id: 7 }
  ])('refuses %.60j', (body) => {
    expect(LinkEventInput.safeParse(body).success).toBe(false)
  })
})
