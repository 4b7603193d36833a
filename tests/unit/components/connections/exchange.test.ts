// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { exchangePublicToken, reportExit } from '@/components/connections/link/link-api'

const realFetch = globalThis.fetch
let answers: (() => Response)[] = []
let asked: { path: string; body: Record<string, unknown> }[] = []

beforeEach(() => {
  answers = []
  asked = []
  globalThis.fetch = async (path, init) => {
    asked.push({
      path: String(path),
      body: JSON.parse(String(init?.body)) as Record<string, unknown>
    })
    const next = answers.shift()
    if (!next) throw new TypeError('Failed to fetch')
    return next()
  }
})
afterEach(() => {
  globalThis.fetch = realFetch
})

const metadata = {
  institution: { name: 'First Platypus Bank', institution_id: 'ins_109508' },
  accounts: [
    {
      id: 'a',
      name: 'Checking',
      mask: null,
      type: 'depository',
      subtype: 'checking',
      verification_status: null,
      class_type: null
    }
  ],
  link_session_id: 'session'
}
const linked = () => Response.json({ connectionId: 'c1', outcome: 'linked' })

describe('exchanging a public token', () => {
  it('sends the same token once, however often Link calls', async () => {
    answers = [linked]
    const both = await Promise.all([
      exchangePublicToken('public-1', metadata),
      exchangePublicToken('public-1', metadata)
    ])
    expect(both.map(({ connectionId }) => connectionId)).toEqual(['c1', 'c1'])
    expect(asked).toHaveLength(1)
    expect(asked[0]?.body).toMatchObject({
      public_token: 'public-1',
      institution_id: 'ins_109508',
      accounts: [{ id: 'a', mask: null }]
    })
  })

  it('can be retried after the network failed', async () => {
    await expect(exchangePublicToken('public-2', metadata)).rejects.toThrow()
    answers = [linked]
    expect(await exchangePublicToken('public-2', metadata)).toMatchObject({ connectionId: 'c1' })
  })
})

describe('reporting the end of Link', () => {
  it('ignores a lost connection, and sends no message of Plaid’s', () => {
    const error = {
      error_type: 'ITEM_ERROR',
      error_code: 'ITEM_LOCKED',
      error_message: 'secret words',
      display_message: null
    }
    reportExit(error, {
      institution: null,
      status: 'requires_credentials',
      link_session_id: 'session',
      request_id: ''
    })
    expect(asked[0]?.body).toEqual({
      type: 'exit',
      link_session_id: 'session',
      request_id: null,
      status: 'requires_credentials',
      error_type: 'ITEM_ERROR',
      error_code: 'ITEM_LOCKED',
      institution_id: null
    })
  })
})
