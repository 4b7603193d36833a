import { describe, expect, it } from 'vitest'
import { sha256 } from '@/lib/platform/crypto'
import { parseWebhook } from '@/lib/services/plaid/webhook'

const bytes = (text: string) => new TextEncoder().encode(text)

const read = (more: Record<string, unknown>) =>
  parseWebhook(
    bytes(JSON.stringify({ item_id: 'item-1', environment: 'sandbox', ...more }, null, 2))
  )
const sync = { kind: 'request_sync', plaidItemId: 'item-1' }
const check = (hint: Record<string, unknown>) => ({
  kind: 'check_item',
  plaidItemId: 'item-1',
  hint: { errorType: null, errorCode: null, until: null, ...hint }
})
const ignored = { kind: 'ignore', reason: expect.stringMatching(/\w/) }
const login = {
  error_type: 'ITEM_ERROR',
  error_code: 'ITEM_LOGIN_REQUIRED',
  error_message: 'x',
  display_message: null,
  status: 400
}

describe('parseWebhook', () => {
  it.each<[string, string, Record<string, unknown>, object]>([
    [
      'TRANSACTIONS',
      'SYNC_UPDATES_AVAILABLE',
      { initial_update_complete: true, historical_update_complete: false },
      sync
    ],
    ['TRANSACTIONS', 'INITIAL_UPDATE', { new_transactions: 19, error: null }, sync],
    ['TRANSACTIONS', 'HISTORICAL_UPDATE', { new_transactions: 231, error: null }, sync],
    ['TRANSACTIONS', 'DEFAULT_UPDATE', { new_transactions: 3, error: null }, sync],
    [
      'TRANSACTIONS',
      'TRANSACTIONS_REMOVED',
      { removed_transactions: ['t1'], error: null },
      ignored
    ],
    ['TRANSACTIONS', 'RECURRING_TRANSACTIONS_UPDATE', { account_ids: ['a1'] }, sync],
    [
      'ITEM',
      'ERROR',
      { error: login },
      check({ status: 'bad', errorType: 'ITEM_ERROR', errorCode: 'ITEM_LOGIN_REQUIRED' })
    ],
    [
      'ITEM',
      'ERROR',
      { error: { ...login, error_code: 'SOMETHING_NEW' } },
      check({ status: 'error', errorType: 'ITEM_ERROR', errorCode: 'SOMETHING_NEW' })
    ],
    ['ITEM', 'ERROR', { error: null }, check({ status: 'error' })],
    ['ITEM', 'ERROR', { error: 'odd' }, check({ status: 'error' })],
    ['ITEM', 'LOGIN_REPAIRED', {}, check({ status: 'good' })],
    [
      'ITEM',
      'NEW_ACCOUNTS_AVAILABLE',
      { error: null },
      { kind: 'offer_accounts', plaidItemId: 'item-1' }
    ],
    [
      'ITEM',
      'PENDING_EXPIRATION',
      { consent_expiration_time: '2026-12-01T00:00:00Z' },
      check({ status: 'pending_expiration', until: '2026-12-01T00:00:00.000Z' })
    ],
    [
      'ITEM',
      'PENDING_EXPIRATION',
      { consent_expiration_time: 'soon' },
      check({ status: 'pending_expiration' })
    ],
    [
      'ITEM',
      'PENDING_DISCONNECT',
      { reason: 'INSTITUTION_MIGRATION', disconnect_time: '2026-12-02T00:00:00Z' },
      check({ status: 'pending_disconnect', until: '2026-12-02T00:00:00.000Z' })
    ],
    [
      'ITEM',
      'USER_PERMISSION_REVOKED',
      { error: { ...login, error_code: 'USER_PERMISSION_REVOKED' } },
      check({ status: 'revoked', errorType: 'ITEM_ERROR', errorCode: 'USER_PERMISSION_REVOKED' })
    ],
    [
      'ITEM',
      'USER_ACCOUNT_REVOKED',
      { account_id: 'a1' },
      { ...sync, kind: 'check_account', plaidAccountId: 'a1' }
    ],
    ['ITEM', 'USER_ACCOUNT_REVOKED', {}, sync],
    [
      'ITEM',
      'WEBHOOK_UPDATE_ACKNOWLEDGED',
      { new_webhook_url: 'https://b.example', error: null },
      ignored
    ],
    [
      'AUTH',
      'DEFAULT_UPDATE',
      { account_ids_with_new_auth: ['a1'], account_ids_with_updated_auth: [], error: null },
      ignored
    ],
    ['AUTH', 'AUTOMATICALLY_VERIFIED', { account_id: 'a1' }, ignored],
    ['AUTH', 'VERIFICATION_EXPIRED', { account_id: 'a1' }, ignored],
    ['AUTH', 'PRODUCT_PERMISSIONS_REQUIRED', {}, ignored],
    ['IDENTITY', 'DEFAULT_UPDATE', { account_ids_with_updated_identity: {}, error: null }, ignored],
    ['IDENTITY', 'PRODUCT_PERMISSIONS_REQUIRED', {}, ignored],
    [
      'LINK',
      'SESSION_FINISHED',
      { item_id: undefined, status: 'SUCCESS', link_token: 'link-1', public_tokens: ['public-1'] },
      { kind: 'finish_hosted_link', linkTokenHash: sha256('link-1') }
    ],
    ['LINK', 'SESSION_FINISHED', { item_id: undefined, status: 'SUCCESS' }, ignored],
    [
      'LINK',
      'ITEM_ADD_RESULT',
      { item_id: undefined, link_token: 'link-1', public_token: 'public-1' },
      ignored
    ],
    ['LINK', 'EVENTS', { item_id: undefined, events: [], link_token: 'link-1' }, ignored],
    ['ITEM', 'A_CODE_OF_TOMORROW', {}, ignored],
    ['A_TYPE_OF_TOMORROW', 'DEFAULT_UPDATE', {}, ignored],
    ['TRANSACTIONS', 'SYNC_UPDATES_AVAILABLE', { item_id: null }, ignored]
  ])('reads %s %s %j', (type, code, more, effect) => {
    const token = 'link_token' in more ? sha256(String(more.link_token)) : null
    const expected = {
      type,
      code,
      vendorObjectId: 'item_id' in more ? token : 'item-1',
      effects: [effect]
    }
    expect(read({ webhook_type: type, webhook_code: code, ...more })).toEqual(expected)
  })

  it('says why a webhook has no effect', () => {
    const reasonOf = (more: Record<string, unknown>) => read(more)?.effects
    expect(reasonOf({ webhook_type: 'ITEM', webhook_code: 'A_CODE_OF_TOMORROW' })).toEqual([
      { kind: 'ignore', reason: 'unknown to this version' }
    ])
    const update = { webhook_type: 'TRANSACTIONS', webhook_code: 'SYNC_UPDATES_AVAILABLE' }
    expect(reasonOf({ ...update, item_id: null })).toEqual([
      { kind: 'ignore', reason: 'names no Item' }
    ])
    expect(reasonOf({ webhook_type: 'LINK', webhook_code: 'EVENTS', item_id: null })).toEqual([
      { kind: 'ignore', reason: 'the browser sends the result of Link' }
    ])
    const finished = { webhook_type: 'LINK', webhook_code: 'SESSION_FINISHED', item_id: null }
    expect(reasonOf(finished)).toEqual([{ kind: 'ignore', reason: 'names no Link token' }])
  })

  it('keeps no token of a Link webhook', () => {
    const kept = JSON.stringify(
      read({
        webhook_type: 'LINK',
        webhook_code: 'ITEM_ADD_RESULT',
        link_token: 'link-secret',
        public_token: 'public-secret'
      })
    )
    expect(kept).not.toContain('secret')
  })

  it.each([
    ['no JSON', 'hello'],
    ['nothing', ''],
    ['an array', '[]'],
    ['null', 'null'],
    ['no type', '{"webhook_code":"ERROR","item_id":"i"}'],
    ['a type that is no text', '{"webhook_type":1,"webhook_code":"ERROR","item_id":"i"}'],
    ['an Item id that is no text', '{"webhook_type":"ITEM","webhook_code":"ERROR","item_id":{}}']
  ])('refuses %s', (_, text) => expect(parseWebhook(bytes(text))).toBeNull())

  it('refuses bytes that are not UTF-8', () => {
    const raw = bytes('{"webhook_type":"ITEM","webhook_code":"ERROR","item_id":"?"}')
    expect(parseWebhook(raw)).not.toBeNull()
    raw[raw.lastIndexOf(0x3f)] = 0xff
    expect(parseWebhook(raw)).toBeNull()
  })

  it('ignores names that every object has', () => {
    expect(read({ webhook_type: 'constructor', webhook_code: 'prototype' })?.effects).toEqual([
      ignored
    ])
  })
})
