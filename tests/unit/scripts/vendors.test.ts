import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { planVendors, VENDOR_VARIABLES } from '@/scripts/stack/vendors'
import { completeConfig } from '@/tests/support/complete-config'

let restore: () => void
beforeAll(() => {
  restore = completeConfig()
})
afterAll(() => restore())

const of = (...vendors: (keyof typeof VENDOR_VARIABLES)[]) =>
  Object.fromEntries(
    vendors.flatMap((vendor) => VENDOR_VARIABLES[vendor]).map((name) => [name, sample(name)])
  )
const sample = (name: string) =>
  ({
    DATABASE_URL: 'postgresql://app@db.example/pangea?sslmode=verify-full',
    JIKO_BASE_URL: 'https://partner.sandbox-api.jikoservices.com',
    CLERK_WEBHOOK_SIGNING_SECRET: `whsec_${randomBytes(24).toString('base64')}`
  })[name] ?? 'pk_test_value'
const OWN = {
  APP_URL: 'https://pangea.example',
  ENCRYPTION_KEYS: `main:${randomBytes(32).toString('base64')}`,
  AUDIT_KEYS: `audit:${randomBytes(32).toString('base64')}`,
  CRON_SECRET: randomBytes(24).toString('base64'),
  JIKO_WEBHOOK_SECRETS: randomBytes(24).toString('base64'),
  PLAID_ENV: 'sandbox',
  WORKER_DATABASE_URL: 'postgresql://jobs@db.example/pangea?sslmode=verify-full'
}
const problemsOf = (env: Record<string, string>) => {
  const planned = planVendors(env)
  return 'problems' in planned ? planned.problems : []
}

describe('choosing vendors to emulate', () => {
  it('emulates every vendor without any keys', () => {
    expect(planVendors({})).toEqual({
      plan: { emulated: ['clerk', 'plaid', 'jiko', 'xata'], strict: false }
    })
  })

  it.each(['clerk', 'plaid', 'jiko', 'xata'] as const)(
    'uses only the real %s when its keys are set',
    (vendor) => {
      const planned = planVendors(of(vendor))
      expect(planned).toEqual({
        plan: {
          emulated: ['clerk', 'plaid', 'jiko', 'xata'].filter((name) => name !== vendor),
          strict: false
        }
      })
    }
  )

  it('names the missing keys of a partly configured vendor', () => {
    expect(problemsOf({ PLAID_CLIENT_ID: 'x', CLERK_SECRET_KEY: 'y' })).toEqual([
      expect.stringContaining('NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY missing'),
      expect.stringContaining('PLAID_SECRET missing')
    ])
  })

  it('requires Clerk’s webhook secret only when webhooks can arrive', () => {
    const { CLERK_WEBHOOK_SIGNING_SECRET: _, ...keys } = of('clerk')
    for (const APP_URL of [undefined, 'http://localhost:3000', 'http://127.0.0.1:3001'])
      expect(problemsOf({ ...keys, ...(APP_URL ? { APP_URL } : {}) }), APP_URL).toEqual([])
    expect(problemsOf({ ...keys, APP_URL: 'https://tunnel.example' })).toEqual([
      expect.stringContaining('CLERK_WEBHOOK_SIGNING_SECRET missing')
    ])
    expect(
      problemsOf({ NODE_ENV: 'production', ...of('plaid', 'jiko', 'xata'), ...OWN, ...keys })
    ).toEqual([expect.stringContaining('CLERK_WEBHOOK_SIGNING_SECRET missing')])
  })

  it.each([
    ['NODE_ENV', 'production'],
    ['SANDBOX', 'off']
  ])('fails instead of emulating with %s=%s', (name, value) => {
    const [problem] = problemsOf({ [name]: value, ...of('clerk', 'plaid', 'xata'), ...OWN })
    expect(problem).toContain('JIKO_BASE_URL, JIKO_USERNAME, JIKO_PASSWORD, JIKO_SHARED_SECRET')
    expect(problem).not.toContain('PLAID')
  })

  it('generates no secrets for a deployment', () => {
    const [problem] = problemsOf({
      NODE_ENV: 'production',
      ...of('clerk', 'plaid', 'jiko', 'xata')
    })
    expect(problem).toContain(
      'APP_URL, ENCRYPTION_KEYS, AUDIT_KEYS, CRON_SECRET, JIKO_WEBHOOK_SECRETS'
    )
  })

  it('starts a complete deployment', () => {
    expect(
      planVendors({ NODE_ENV: 'production', ...of('clerk', 'plaid', 'jiko', 'xata'), ...OWN })
    ).toEqual({ plan: { emulated: [], strict: true } })
  })

  it('does not start a deployment with weak settings, but a laptop with real test keys', () => {
    const keys = { ...of('clerk', 'plaid', 'jiko', 'xata'), ...OWN, CRON_SECRET: 'x' }
    expect(problemsOf({ NODE_ENV: 'production', ...keys })).toEqual([
      'CRON_SECRET needs at least 24 random characters.'
    ])
    expect(problemsOf({ SANDBOX: 'off', ...keys })).toHaveLength(1)
    expect(problemsOf({ SANDBOX: 'off', ...keys, APP_URL: 'http://localhost:3000' })).toEqual([])
  })

  it.each([
    { ...of('clerk'), NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY: 'pk_live_x' },
    { ...of('clerk'), CLERK_SECRET_KEY: 'sk_live_x' },
    { ...of('plaid'), PLAID_ENV: 'production' },
    { PLAID_ENV: 'production' },
    { ...of('jiko'), JIKO_BASE_URL: 'https://partner.api.jikoservices.com' },
    { ...of('jiko'), JIKO_BASE_URL: 'https://partner.api.jikoservices.com/sandbox' }
  ])('runs no emulator beside a live key: %o', (env) => {
    expect(problemsOf(env)).toEqual([expect.stringContaining('no emulator may run beside it')])
  })

  it('treats a recorder on this machine as a test host', () => {
    expect(problemsOf({ ...of('jiko'), JIKO_BASE_URL: 'http://127.0.0.1:9000' })).toEqual([])
  })
})
