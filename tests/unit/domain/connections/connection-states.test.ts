import { describe, expect, it } from 'vitest'
import { ANNOUNCED, ITEM_STATUSES } from '@/lib/domain/connections/connection'
import { connectionActions, nextStatus } from '@/lib/domain/connections/connection-states'

describe('the states of a connection', () => {
  it.each(ITEM_STATUSES)('%s can be left by the user', (status) => {
    const acts = connectionActions({ status, errorCode: null, disconnectRequested: false })
    expect(acts).toContain('disconnect')
    expect(acts.length).toBeGreaterThan(1)
  })

  it('one that Plaid has forgotten is not mended but replaced', () => {
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

  it('one that is being left can only be left', () => {
    for (const status of ITEM_STATUSES)
      expect(connectionActions({ status, errorCode: null, disconnectRequested: true })).toEqual([
        'disconnect'
      ])
  })
})

describe('the status after a report', () => {
  it.each(ANNOUNCED)(
    '%s is called off by a repair only, never by a healthy answer',
    (announced) => {
      expect(nextStatus('good', announced)).toBe(announced)
      expect(nextStatus('good', null)).toBe('good')
    }
  )

  it.each(['bad', 'error', 'revoked'] as const)(
    'is %s where that was reported, whatever was announced',
    (reported) => {
      for (const announced of [...ANNOUNCED, null])
        expect(nextStatus(reported, announced)).toBe(reported)
    }
  )

  it('is the end that is announced now, not the one before', () => {
    expect(nextStatus('pending_disconnect', 'pending_disconnect')).toBe('pending_disconnect')
    expect(nextStatus('pending_expiration', 'pending_disconnect')).toBe('pending_disconnect')
  })
})
