import { describe, expect, it } from 'vitest'
import { env, requireSafeSettings } from '@/lib/platform/env'
import { REQUIRED_NAMES, setEnvironment } from '@/tests/support/environment'

const withEnvironment = (changes: Record<string, string | undefined>) => {
  setEnvironment(changes)
  return env
}

describe('env', () => {
  it.each(REQUIRED_NAMES)('fails without %s, by its name', (name) => {
    expect(withEnvironment({ [name]: undefined })).toThrow(new RegExp(`${name}: missing`))
  })

  it('shows an example of a missing value', () =>
    expect(withEnvironment({ APP_URL: undefined })).toThrow('for example http://localhost:3000'))

  it('names every problem at once', () => {
    expect(withEnvironment({ PLAID_SECRET: undefined, APP_URL: 'not an address' })).toThrow(
      /APP_URL[\s\S]*PLAID_SECRET: missing/
    )
  })

  it.each(['', '   '])('treats an empty value (%j) as missing', (value) =>
    expect(withEnvironment({ CLERK_SECRET_KEY: value })).toThrow('CLERK_SECRET_KEY: missing')
  )

  it.each([
    'main:c2hvcnQ=',
    'no-colon',
    `main:${Buffer.alloc(31).toString('base64')}`,
    `bad id:${Buffer.alloc(32).toString('base64')}`
  ])('refuses %j as an encryption key without repeating it', (keys) => {
    const read = withEnvironment({ ENCRYPTION_KEYS: keys })
    expect(read).toThrow('ENCRYPTION_KEYS: keyId:base64 of 32 bytes')
    expect(read).not.toThrow(keys)
  })

  it('does not repeat a secret in its message', () => {
    expect(
      withEnvironment({ JIKO_WEBHOOK_SECRETS: 'too-short', PLAID_ENV: 'live-key-pasted-here' })
    ).not.toThrow(/too-short|pasted/)
    expect(env).toThrow(/JIKO_WEBHOOK_SECRETS[\s\S]*/)
  })

  it('drops trailing slashes of addresses', () => {
    expect(
      withEnvironment({
        APP_URL: 'https://pangea.example//',
        PLAID_BASE_URL: 'http://127.0.0.1:4020/'
      })()
    ).toMatchObject({
      appUrl: 'https://pangea.example',
      plaid: { baseUrl: 'http://127.0.0.1:4020' }
    })
  })

  it('selects Plaid’s address by its environment, and its sandbox actions in the sandbox only', () => {
    expect(withEnvironment({})().plaid).toMatchObject({
      baseUrl: 'https://sandbox.plaid.com',
      hasSandboxEndpoints: true,
      linkScriptUrl: null,
      redirectUri: null
    })
    expect(withEnvironment({ PLAID_ENV: 'production' })().plaid).toMatchObject({
      baseUrl: 'https://production.plaid.com',
      hasSandboxEndpoints: false
    })
  })

  it('parses lists, with or without spaces', () => {
    expect(withEnvironment({ PLAID_COUNTRY_CODES: 'US, CA ,' })().plaid).toMatchObject({
      countryCodes: ['US', 'CA']
    })
  })

  it('keeps the encryption keys in order, newest first', () => {
    const key = (fill: number) => Buffer.alloc(32, fill)
    const { encryptionKeys } = withEnvironment({
      ENCRYPTION_KEYS: `b:${key(2).toString('base64')},a:${key(1).toString('base64')}`
    })()
    expect(
      encryptionKeys.map(({ id, key: bytes }) => [id, bytes.equals(key(id === 'b' ? 2 : 1))])
    ).toEqual([
      ['b', true],
      ['a', true]
    ])
  })

  it('runs jobs in the web server unless WORKER says off', () => {
    expect(withEnvironment({})().runsJobs).toBe(true)
    expect(withEnvironment({ WORKER: 'off' })().runsJobs).toBe(false)
    expect(withEnvironment({ WORKER: 'no' })).toThrow('WORKER')
  })

  it('is parsed once and then cached', () => {
    const first = withEnvironment({})()
    process.env.PLAID_SECRET = 'changed'
    expect(env()).toBe(first)
  })

  it('stops the start of a deployment with unsafe settings, and names them all', () => {
    setEnvironment({ APP_URL: 'https://pangea.example', JIKO_BASE_URL: 'https://jiko.example' })
    expect(requireSafeSettings).toThrow(/CRON_SECRET[\s\S]*PLAID_ENV/)
    setEnvironment()
    expect(requireSafeSettings).not.toThrow()
  })
})
