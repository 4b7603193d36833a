import { describe, expect, test } from 'vitest'
import { connectionStatus, needsAttention } from '@/components/connections/connection-status'
import { ITEM_STATUSES, type ItemStatus } from '@/lib/domain/connections/connection'
import { textIn } from '@/lib/domain/text/catalogs'
import { type ConnectionOverrides, connectionFixture } from '@/tests/support/fixtures/api'

const shown = (status: ItemStatus, more?: ConnectionOverrides) =>
  connectionStatus(connectionFixture(status, more), textIn('en'), (date) => date)

describe('a connection’s message', () => {
  test.each(ITEM_STATUSES.filter((status) => status !== 'good'))(
    'for %s says what happened and what to do, in whole sentences',
    (status) => {
      const { detail, todo } = shown(status)
      for (const text of [detail, todo]) expect(text).toMatch(/^[A-Z].*\.$/)
      expect(`${detail} ${todo}`).not.toMatch(/undefined|null|[A-Z]{2,}_/)
      expect(needsAttention({ status, sync: null, leaving: false })).toBe(true)
      expect(needsAttention({ status, sync: null, leaving: true })).toBe(false)
    }
  )

  test.each<[string, ItemStatus, ConnectionOverrides, string]>([
    [
      'a bank that is down',
      'error',
      { errorCode: 'INSTITUTION_DOWN' },
      'There is nothing you need to do.'
    ],
    [
      'a bank that Plaid has given up',
      'error',
      { errorCode: 'INSTITUTION_NO_LONGER_SUPPORTED' },
      'Keep this connection, or disconnect it.'
    ],
    ['a locked login', 'bad', { errorCode: 'ITEM_LOCKED' }, 'Unlock it with the bank first'],
    ['an unknown error', 'bad', { errorCode: 'SOMETHING_NEW' }, 'Sign in again'],
    [
      'access that was withdrawn',
      'revoked',
      { errorCode: 'USER_PERMISSION_REVOKED' },
      'Sign in again to restore access'
    ],
    [
      'access that Plaid has forgotten',
      'revoked',
      { errorCode: 'ITEM_NOT_FOUND' },
      'Link the bank again'
    ],
    [
      'an end with its day',
      'pending_disconnect',
      { endsAt: '2026-12-01T12:00:00Z' },
      'before 2026-12-01'
    ],
    ['an end without one', 'pending_expiration', {}, 'within the next few days']
  ])('tells what to do about %s', (_, status, more, todo) => {
    expect(shown(status, more).todo).toContain(todo)
  })

  test.each<[string, ConnectionOverrides]>([
    ['Up to date', {}],
    ['Updating', { sync: { status: 'pending' } }],
    ['Updating', { sync: { status: 'in_progress' }, history: 'NOT_READY' }],
    ['Trying again soon', { sync: { status: 'pending', code: 'INTERNAL_SERVER_ERROR' } }],
    ['Preparing', { sync: { status: 'pending', code: 'PRODUCT_NOT_READY' } }],
    ['Preparing', { history: 'NOT_READY' }],
    ['Last update failed', { sync: { status: 'failed', code: 'TIMEOUT' } }],
    ['Disconnecting', { leaving: true }]
  ])('says "%s" about a healthy bank in that state (%j)', (label, more) => {
    expect(shown('good', more).label).toBe(label)
  })
})
