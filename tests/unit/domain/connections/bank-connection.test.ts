import { describe, expect, test } from 'vitest'
import {
  hasTransactions,
  NEEDS_USER_ACTION,
  PERMANENT_INSTITUTION_ERRORS,
  statusAfterError,
  USED_PRODUCTS
} from '@/lib/domain/connections/connection'

describe('statusAfterError', () => {
  test.each([
    ['ITEM_LOGIN_REQUIRED', 'bad'],
    ['ITEM_LOCKED', 'bad'],
    ['PASSWORD_RESET_REQUIRED', 'bad'],
    ['NO_ACCOUNTS', 'bad'],
    ['ITEM_NOT_FOUND', 'revoked'],
    ['USER_PERMISSION_REVOKED', 'revoked'],
    ['INVALID_ACCESS_TOKEN', 'revoked'],
    ['INSTITUTION_DOWN', 'error'],
    ['INSTITUTION_NOT_RESPONDING', 'error'],
    ['ITEM_NOT_SUPPORTED', 'error']
  ])('%s means that the Item is %s', (code, status) => {
    expect(statusAfterError(code)).toBe(status)
  })

  test.each([
    'RATE_LIMIT_EXCEEDED',
    'INTERNAL_SERVER_ERROR',
    'TIMEOUT',
    'UNREACHABLE',
    'PRODUCT_NOT_READY',
    'INSTITUTION_RATE_LIMIT',
    'SOMETHING_NEW',
    ''
  ])('%s does not change the Item’s status', (code) => {
    expect(statusAfterError(code)).toBeNull()
  })
})

describe('a connection', () => {
  test.each([
    ['depository', 'checking', true],
    ['credit', 'credit card', true],
    ['loan', 'student', true],
    ['loan', 'mortgage', false],
    ['loan', null, false],
    ['investment', '401k', false],
    ['investment', 'student', false],
    ['a type of tomorrow', null, true]
  ])('has transactions of %s accounts (%s): %s', (type, subtype, has) => {
    expect(hasTransactions({ type, subtype })).toBe(has)
  })

  test('asks for consent to transactions only', () => {
    expect(USED_PRODUCTS).toEqual(['transactions'])
  })

  test('needs its user in every state but two', () => {
    expect(NEEDS_USER_ACTION).toEqual([
      'bad',
      'pending_expiration',
      'pending_disconnect',
      'revoked'
    ])
  })

  test('fails permanently where the institution is not supported', () => {
    expect(PERMANENT_INSTITUTION_ERRORS).toEqual([
      'INSTITUTION_NO_LONGER_SUPPORTED',
      'ITEM_NOT_SUPPORTED',
      'MFA_NOT_SUPPORTED',
      'UNSUPPORTED_RESPONSE'
    ])
    expect(PERMANENT_INSTITUTION_ERRORS.map(statusAfterError)).toEqual(Array(4).fill('error'))
  })
})
