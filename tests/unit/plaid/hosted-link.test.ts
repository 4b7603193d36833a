/** Sessions in the shape of Plaid's reference. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as AccountService from '@/lib/services/plaid'
import { startScriptedPlaid } from '@/tests/support/plaid/scripted-plaid'

let plaid: Awaited<ReturnType<typeof startScriptedPlaid>>
beforeAll(async () => {
  plaid = await startScriptedPlaid()
})
afterAll(() => plaid.close())

const event = (event_name: string, institution_name?: string) => ({
  event_name,
  timestamp: '2026-03-10T00:00:00Z',
  event_id: event_name,
  event_metadata: { institution_name }
})
const session = (more: object = {}) => ({
  link_session_id: 'session-1',
  started_at: '2026-03-10T00:00:00Z',
  finished_at: null,
  events: [event('OPEN')],
  results: { item_add_results: [] },
  ...more
})
const added = (public_token: string) => ({
  public_token,
  accounts: [
    {
      id: 'a1',
      name: 'Checking',
      mask: '0000',
      type: 'depository',
      subtype: 'checking',
      verification_status: null,
      class_type: null
    }
  ],
  institution: { name: 'First Platypus Bank', institution_id: 'ins_109508' }
})

function read(link_sessions: unknown) {
  plaid.answer(() => ({ body: { link_token: 'link-1', link_sessions, request_id: 'req-1' } }))
  return AccountService.readHostedLink({ userId: 'u1' }, 'link-1')
}

describe('readHostedLink', () => {
  it.each([
    ['waits before Link is opened', [], 'waiting'],
    ['waits where Plaid lists no sessions', null, 'waiting'],
    ['is open while one session runs', [session({ finished_at: 'x' }), session()], 'open'],
    ['is closed when all sessions ended', [session({ finished_at: 'x' })], 'closed']
  ])('%s', async (_, sessions, state) => {
    expect(await read(sessions)).toEqual({ state, bank: null, result: null })
  })

  it('names the bank that was chosen last', async () => {
    const events = [
      event('OPEN'),
      event('SELECT_INSTITUTION', 'One'),
      event('X', 'Two'),
      event('Y')
    ]
    expect(await read([session({ events })])).toMatchObject({ state: 'open', bank: 'Two' })
  })

  it('has the first result of the session', async () => {
    const results = { item_add_results: [added('public-1'), added('public-2')] }
    expect(await read([session({ finished_at: 'x', results })])).toMatchObject({
      state: 'finished',
      result: {
        publicToken: 'public-1',
        linkSessionId: 'session-1',
        institutionId: 'ins_109508',
        accounts: [{ name: 'Checking', mask: '0000', subtype: 'checking' }]
      }
    })
  })
})
