import { describe, expect, it } from 'vitest'
import { errorPolicy, statusPolicy } from '@/lib/services/plaid/error-policy'

/** Every code the app may meet, by its remedy (contracts: Plaid §2). */
const TABLE: Record<string, [type: string, status: number, codes: string]> = {
  'the user must act': [
    'ITEM_ERROR',
    400,
    'ITEM_LOGIN_REQUIRED ITEM_LOCKED USER_SETUP_REQUIRED PASSWORD_RESET_REQUIRED INVALID_CREDENTIALS INVALID_MFA INSUFFICIENT_CREDENTIALS USER_INPUT_TIMEOUT NO_ACCOUNTS NO_AUTH_ACCOUNTS ACCESS_NOT_GRANTED'
  ],
  'the user must act on what was sent': [
    'INVALID_INPUT',
    400,
    'ADDITIONAL_CONSENT_REQUIRED INVALID_PUBLIC_TOKEN INVALID_LINK_TOKEN INVALID_ACCOUNT_ID'
  ],
  'the user must act inside Link': ['RECAPTCHA_ERROR', 400, 'RECAPTCHA_REQUIRED RECAPTCHA_BAD'],
  'the user must open Link again': [
    'OAUTH_ERROR',
    400,
    'INCORRECT_OAUTH_NONCE OAUTH_STATE_ID_ALREADY_PROCESSED'
  ],
  'the Item is beyond repair': [
    'ITEM_ERROR',
    400,
    'MFA_NOT_SUPPORTED ITEM_NOT_SUPPORTED INVALID_UPDATED_USERNAME ITEM_NOT_FOUND ITEM_CONCURRENTLY_DELETED PRODUCTS_NOT_SUPPORTED'
  ],
  'the access is gone': [
    'INVALID_INPUT',
    400,
    'USER_PERMISSION_REVOKED INVALID_ACCESS_TOKEN INVALID_WEBHOOK_VERIFICATION_KEY_ID'
  ],
  'the bank left Plaid': [
    'INSTITUTION_ERROR',
    400,
    'INSTITUTION_NO_LONGER_SUPPORTED UNSUPPORTED_RESPONSE'
  ],
  'the sync loop begins again by itself': [
    'TRANSACTIONS_ERROR',
    400,
    'TRANSACTIONS_SYNC_MUTATION_DURING_PAGINATION'
  ]
}
const codes = (list: string) => list.split(' ')

describe('policyOf', () => {
  for (const [why, [type, status, list]] of Object.entries(TABLE)) {
    it.each(codes(list))(`does not repeat %s, because ${why}`, (code) => {
      expect(errorPolicy(type, code, status)).toEqual({
        retryable: false,
        outage: false,
        retryAfterMs: null,
        operator: false
      })
    })
  }

  it.each([
    ['INVALID_INPUT', 'UNAUTHORIZED_ROUTE_ACCESS INVALID_INSTITUTION INVALID_PRODUCT'],
    ['ITEM_ERROR', 'PRODUCT_NOT_ENABLED'],
    [
      'INVALID_REQUEST',
      'MISSING_FIELDS INVALID_FIELD UNKNOWN_FIELDS INVALID_BODY INVALID_HEADERS NOT_FOUND NO_LONGER_AVAILABLE SANDBOX_ONLY'
    ],
    ['RATE_LIMIT_EXCEEDED', 'CREDITS_EXHAUSTED'],
    [
      'INSTITUTION_ERROR',
      'UNAUTHORIZED_INSTITUTION INSTITUTION_REGISTRATION_REQUIRED INSTITUTION_NOT_ENABLED_IN_ENVIRONMENT'
    ],
    ['SANDBOX_ERROR', 'SANDBOX_PRODUCT_NOT_ENABLED SANDBOX_WEBHOOK_INVALID']
  ])('leaves every %s of ours to the operator without stopping other calls', (type, list) => {
    for (const code of codes(list))
      expect(errorPolicy(type, code, 400), code).toEqual({
        retryable: false,
        outage: false,
        retryAfterMs: null,
        operator: true
      })
  })

  it.each(['INVALID_API_KEYS', 'UNAUTHORIZED_ENVIRONMENT'])(
    'lets %s stop the queue, since no call can succeed',
    (code) => {
      expect(errorPolicy('INVALID_INPUT', code, 400)).toMatchObject({
        retryable: false,
        outage: true,
        operator: true
      })
    }
  )

  it.each(
    codes(
      'ACCOUNTS_LIMIT ACCOUNTS_BALANCE_GET_LIMIT BALANCE_LIMIT AUTH_LIMIT IDENTITY_LIMIT ITEM_GET_LIMIT INSTITUTIONS_GET_LIMIT INSTITUTIONS_GET_BY_ID_LIMIT INSTITUTION_RATE_LIMIT TRANSACTIONS_LIMIT TRANSACTIONS_SYNC_LIMIT TRANSACTIONS_REFRESH_LIMIT RATE_LIMIT A_LIMIT_OF_TOMORROW'
    )
  )('waits at least a minute after %s and does not treat it as an outage', (code) => {
    const policy = errorPolicy('RATE_LIMIT_EXCEEDED', code, 429)
    expect(policy).toMatchObject({ retryable: true, outage: false })
    expect(policy.retryAfterMs).toBeGreaterThanOrEqual(60_000)
  })

  it.each(codes('INSTITUTION_DOWN INSTITUTION_NOT_RESPONDING INSTITUTION_NOT_AVAILABLE'))(
    'treats %s as one bank’s problem: an attempt a minute, no breaker',
    (code) => {
      const policy = errorPolicy('INSTITUTION_ERROR', code, 400)
      expect(policy).toMatchObject({ retryable: true, outage: false })
      expect(policy.retryAfterMs).toBe(60_000)
    }
  )

  it('waits minutes for a product that is being prepared', () => {
    expect(errorPolicy('ITEM_ERROR', 'PRODUCT_NOT_READY', 400)).toMatchObject({
      retryable: true,
      outage: false,
      retryAfterMs: 60_000
    })
  })

  it('treats Plaid’s own errors as an outage', () => {
    expect(errorPolicy('API_ERROR', 'INTERNAL_SERVER_ERROR', 500)).toMatchObject({
      retryable: true,
      outage: true,
      retryAfterMs: null
    })
    expect(errorPolicy('API_ERROR', 'PLANNED_MAINTENANCE', 503)).toMatchObject({
      retryable: true,
      outage: true,
      retryAfterMs: 60_000
    })
  })

  it('uses the status for unknown types, even ones named like a property of every object', () => {
    expect(errorPolicy('NEW_ERROR', 'NEW_CODE', 400)).toMatchObject({
      retryable: false,
      outage: false,
      operator: false
    })
    expect(errorPolicy('constructor', 'toString', 502)).toMatchObject({
      retryable: true,
      outage: true
    })
    expect(errorPolicy(null, null, 429)).toMatchObject({ retryable: true, outage: false })
  })
})

describe('policyOfStatus', () => {
  it.each([500, 502, 503, 504, 408])('retries after a bare %i', (status) =>
    expect(statusPolicy(status)).toMatchObject({ retryable: true, outage: true })
  )
  it.each([200, 302, 400, 403, 404])('does not retry after a bare %i', (status) => {
    expect(statusPolicy(status)).toMatchObject({ retryable: false, outage: false })
  })
})
