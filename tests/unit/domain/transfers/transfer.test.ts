import { describe, expect, test } from 'vitest'
import {
  counterpartyState,
  statesThatCanBecome,
  TRANSFER_STATES,
  UNUSABLE_RETURN_CODES
} from '@/lib/domain/transfers/transfer'

describe('transfer states', () => {
  test('only move forward: no state precedes itself, and of two at most one precedes the other', () => {
    for (const one of TRANSFER_STATES) {
      expect(statesThatCanBecome(one)).not.toContain(one)
      for (const other of statesThatCanBecome(one))
        expect(statesThatCanBecome(other)).not.toContain(one)
    }
  })

  test('settled can still be returned, and returned is final', () => {
    expect(statesThatCanBecome('returned')).toContain('settled')
    for (const over of ['returned', 'rejected', 'canceled'] as const)
      expect(TRANSFER_STATES.filter((state) => statesThatCanBecome(state).includes(over))).toEqual(
        []
      )
  })
})

test.each([
  ['VERIFIED', 'AUTOMATICALLY_VERIFIED', 'verified'],
  ['VERIFIED', null, 'verified'],
  ['IN_PROGRESS', 'PENDING_MANUAL_VERIFICATION', 'needs_code'],
  ['IN_PROGRESS', 'PENDING_AUTOMATIC_VERIFICATION', 'checking'],
  ['IN_PROGRESS', null, 'checking'],
  ['A_NEW_WORD', 'ANOTHER', 'checking'],
  ['IN_PROGRESS', 'VERIFICATION_EXPIRED', 'expired'],
  ['FAILED', 'VERIFICATION_EXPIRED', 'expired'],
  ['FAILED', 'VERIFICATION_FAILED', 'failed'],
  ['IN_PROGRESS', 'VERIFICATION_FAILED', 'failed'],
  ['FAILED', null, 'failed']
] as const)('a counterparty with the statuses %s and %s is %s', (status, verification, state) => {
  expect(counterpartyState(status, verification)).toBe(state)
})

test('a counterparty whose transfer was returned is unusable, whatever its status', () => {
  expect(counterpartyState('VERIFIED', null, 'R02')).toBe('unusable')
  expect(counterpartyState('FAILED', 'VERIFICATION_EXPIRED', 'R20')).toBe('unusable')
})

test('an account is unusable after a return for a closed, missing, frozen or refusing account, not for missing funds', () => {
  expect(UNUSABLE_RETURN_CODES).toEqual(['R02', 'R03', 'R04', 'R16', 'R20'])
})
