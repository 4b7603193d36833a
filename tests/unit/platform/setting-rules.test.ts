import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { servesRealUsers, settingProblems } from '@/lib/platform/setting-rules'

const random = (bytes: number) => randomBytes(bytes).toString('base64')
const KEY = random(32)
const GOOD = {
  APP_URL: 'https://pangea.example',
  DATABASE_URL: 'postgresql://app:secret@db.example/pangea?sslmode=verify-full',
  WORKER_DATABASE_URL: 'postgresql://jobs:secret@db.example/pangea?sslmode=verify-full',
  NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY: 'pk_live_value',
  CLERK_SECRET_KEY: 'sk_live_value',
  CLERK_WEBHOOK_SIGNING_SECRET: `whsec_${random(24)}`,
  PLAID_ENV: 'production',
  PLAID_REDIRECT_URI: 'https://pangea.example/connections/return',
  JIKO_BASE_URL: 'https://partner.api.jikoservices.com',
  JIKO_WEBHOOK_SECRETS: `${random(24)},${random(24)}`,
  ENCRYPTION_KEYS: `k2:${random(32)},k1:${KEY}`,
  AUDIT_KEYS: `a1:${random(32)}`,
  CRON_SECRET: random(24)
}

/** A setting and a broken value. */
const BROKEN: [name: string, value: string][] = [
  ['ENCRYPTION_KEYS', `main:${Buffer.alloc(32).toString('base64')}`],
  ['ENCRYPTION_KEYS', `main:${Buffer.alloc(32, 'ab').toString('base64')}`],
  ['ENCRYPTION_KEYS', `k2:${KEY},k1:${KEY}`],
  ['ENCRYPTION_KEYS', `k1:${random(32)},k1:${KEY}`],
  ['AUDIT_KEYS', `a1:${Buffer.alloc(32).toString('base64')}`],
  ['AUDIT_KEYS', `a1:${KEY}`],
  ['AUDIT_KEYS', `a1:${random(32)},a1:${random(32)}`],
  ['CRON_SECRET', 'short'],
  ['CRON_SECRET', 'a'.repeat(40)],
  ['JIKO_WEBHOOK_SECRETS', `${random(24)},sixteen-letters!`],
  ['CLERK_WEBHOOK_SIGNING_SECRET', 'whsec_'],
  ['CLERK_WEBHOOK_SIGNING_SECRET', 'whsec_c2hvcnQ='],
  ['CLERK_WEBHOOK_SIGNING_SECRET', random(24)],
  ['APP_URL', 'http://pangea.example'],
  ['PLAID_REDIRECT_URI', 'http://pangea.example/connections/return'],
  ['PLAID_REDIRECT_URI', 'https://other.example/connections/return'],
  ['JIKO_BASE_URL', 'http://partner.api.jikoservices.com'],
  ...[
    'JIKO_BASE_URL',
    'PLAID_BASE_URL',
    'PLAID_LINK_SCRIPT_URL',
    'CLERK_API_URL',
    'CLERK_FAPI_URL',
    'XATA_GATEWAY_URL'
  ].map((name): [string, string] => [name, 'https://169.254.169.254/latest']),
  ...['127.0.0.1', '10.1.2.3', '172.31.0.1', '192.168.1.1', '100.64.0.1', '[::1]', '[fd00::1]'].map(
    (host): [string, string] => ['JIKO_BASE_URL', `https://${host}`]
  ),
  ...['[fe80::1]', '[::ffff:10.0.0.1]', 'localhost', 'jiko', 'jiko.internal', 'jiko.local.'].map(
    (host): [string, string] => ['JIKO_BASE_URL', `https://${host}`]
  ),
  ['DATABASE_URL', 'postgresql://app@db.example/pangea?sslmode=disable'],
  ['DATABASE_URL', 'postgresql://app@db.example/pangea?a=b&ssl=false'],
  ['MIGRATE_DATABASE_URL', 'postgresql://app@db.example/pangea?sslmode=prefer'],
  ['DATABASE_URL', 'postgresql://app@db.example/pangea'],
  ['MIGRATE_DATABASE_URL', 'postgresql://app@db.example/pangea?application_name=migrate'],
  ['MAIL_URL', 'smtp://user:password@mail.example:587'],
  ['MAIL_URL', 'smtp://user:password@mail.example:587/?requireTLS=false'],
  ['WORKER_DATABASE_URL', 'postgresql://jobs@db.example/pangea'],
  ['WORKER_DATABASE_URL', 'postgresql://jobs@db.example/pangea?sslmode=allow'],
  ['WORKER_DATABASE_URL', 'postgresql://app:other@db.example/pangea?sslmode=verify-full'],
  ['WORKER_DATABASE_URL', ''],
  ['CLERK_SECRET_KEY', 'sk_test_value'],
  ['PLAID_ENV', '']
]

describe('the settings of a deployment', () => {
  it('are accepted when they are random, encrypted and consistent', () => {
    expect(settingProblems(GOOD)).toEqual([])
    for (const address of ['smtps://mail.example', 'smtp://mail.example:587/?requireTLS=true'])
      expect(settingProblems({ ...GOOD, MAIL_URL: address })).toEqual([])
  })

  it.each(BROKEN)('are refused with %s=%s, by name and without the value', (name, value) => {
    const problems = settingProblems({ ...GOOD, [name]: value })
    expect(problems).toEqual([expect.stringContaining(`${name} `)])
    if (value) expect(problems.join()).not.toContain(value)
  })

  it('are checked where other machines reach the app and no vendor is emulated', () => {
    expect(servesRealUsers(GOOD)).toBe(true)
    expect(servesRealUsers({ ...GOOD, APP_URL: 'http://localhost:3000' })).toBe(false)
    expect(servesRealUsers({ ...GOOD, JIKO_BASE_URL: 'http://127.0.0.1:4030' })).toBe(false)
  })
})
