import { describe, expect, it } from 'vitest'
import { ITEM_STATUSES } from '@/lib/domain/bank-connection'
import { actsOf, type ConnectionEvent, type ConnectionState, nextState, OUTCOMES } from '@/lib/domain/connection-states'

const EVENTS: ConnectionEvent[] = [
  'healthy',
  'sign_in_needed',
  'bank_trouble',
  'expiration_announced',
  'disconnect_announced',
  'access_withdrawn',
  'repaired',
  'disconnected'
]

/** Everything the person can reach from a state by their own acts alone. */
function reachable(from: ConnectionState, errorCode: string | null): Set<ConnectionState> {
  const seen = new Set<ConnectionState>([from])
  for (const state of seen) {
    if (state === 'gone') continue
    for (const act of actsOf({ status: state, errorCode, leaving: false })) for (const event of OUTCOMES[act]) seen.add(nextState(state, event))
  }
  return seen
}

describe('the states of a connection', () => {
  for (const status of ITEM_STATUSES) {
    it(`${status} can be left by the person, and in the end be healthy or disconnected`, () => {
      const acts = actsOf({ status, errorCode: null, leaving: false })
      expect(acts).toContain('disconnect')
      expect(acts.length).toBeGreaterThan(1)
      expect([...reachable(status, null)]).toEqual(expect.arrayContaining(['good', 'gone']))
    })
  }

  it('one that Plaid has forgotten is not mended but replaced', () => {
    for (const errorCode of ['ITEM_NOT_FOUND', 'INVALID_ACCESS_TOKEN', 'ITEM_CONCURRENTLY_DELETED']) {
      expect(actsOf({ status: 'revoked', errorCode, leaving: false })).toEqual(['replace', 'disconnect'])
      expect([...reachable('revoked', errorCode)]).toContain('gone')
    }
  })

  it('one that is being left can only be left', () => {
    for (const status of ITEM_STATUSES) expect(actsOf({ status, errorCode: null, leaving: true })).toEqual(['disconnect'])
  })

  it('an announced end is called off by a repair only, never by a healthy answer', () => {
    for (const state of ['pending_expiration', 'pending_disconnect'] as const) {
      expect(nextState(state, 'healthy')).toBe(state)
      expect(nextState(state, 'repaired')).toBe('good')
    }
  })

  it('every event leads from every state to a known one, and nothing leads back from gone', () => {
    for (const state of [...ITEM_STATUSES, 'gone'] as const)
      for (const event of EVENTS) {
        const next = nextState(state, event)
        expect([...ITEM_STATUSES, 'gone']).toContain(next)
        if (state === 'gone') expect(next).toBe('gone')
      }
  })
})
