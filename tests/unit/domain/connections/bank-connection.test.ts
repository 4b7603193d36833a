import { describe, expect, test } from 'vitest'
import { statusAfterError } from '@/lib/domain/connections/connection'

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
