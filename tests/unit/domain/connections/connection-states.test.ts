import { describe, expect, it } from 'vitest'
import { ANNOUNCED, ITEM_STATUSES } from '@/lib/domain/connections/connection'
import { connectionActions, nextStatus } from '@/lib/domain/connections/connection-states'

describe('connection states', () => {
  it.each(ITEM_STATUSES)('%s can be disconnected by the user', (status) => {
    const acts = connectionActions({ status, errorCode: null, disconnectRequested: false })
    expect(acts).toContain('disconnect')
    expect(acts.length).toBeGreaterThan(1)
  })

  it.each([
    ['good', ['check', 'relink', 'disconnect']],
    ['pending_expiration', ['relink', 'check', 'disconnect']],
    ['pending_disconnect', ['relink', 'check', 'disconnect']],
    ['bad', ['relink', 'disconnect']],
    ['error', ['check', 'disconnect']],
    ['revoked', ['relink', 'replace', 'disconnect']]
  ] as const)('%s offers its primary recovery action first: %j', (status, actions) => {
    expect(connectionActions({ status, errorCode: null, disconnectRequested: false })).toEqual(
      actions
    )
  })

  it('one lost at Plaid is replaced, not repaired', () => {
    for (const errorCode of [
      'ITEM_NOT_FOUND',
      'INVALID_ACCESS_TOKEN',
      'ITEM_CONCURRENTLY_DELETED'
    ]) {
      expect(
        connectionActions({ status: 'revoked', errorCode, disconnectRequested: false })
      ).toEqual(['replace', 'disconnect'])
    }
  })

  it('one that is being disconnected allows no other action', () => {
    for (const status of ITEM_STATUSES)
      expect(connectionActions({ status, errorCode: null, disconnectRequested: true })).toEqual([
        'disconnect'
      ])
  })
})

describe('the status after a report', () => {
  it.each(ANNOUNCED)('%s is cleared by a repair only, never by a healthy response', (announced) => {
    expect(nextStatus('good', announced)).toBe(announced)
    expect(nextStatus('good', null)).toBe('good')
  })

  it.each(['bad', 'error', 'revoked'] as const)(
    'is %s when that was reported, whatever was announced',
    (reported) => {
      for (const announced of [...ANNOUNCED, null])
        expect(nextStatus(reported, announced)).toBe(reported)
    }
  )

  it('is the newly announced end, not the earlier one', () => {
    expect(nextStatus('pending_disconnect', 'pending_disconnect')).toBe('pending_disconnect')
    expect(nextStatus('pending_expiration', 'pending_disconnect')).toBe('pending_disconnect')
  })
})
