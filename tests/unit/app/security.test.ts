import { createRequire } from 'node:module'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { contentSecurityPolicy } from '@/app/_lib/csp'
import { setEnvironment } from '@/tests/support/environment'

type Sdk = {
  createContentSecurityPolicyHeaders(
    host: string,
    options: { strict: boolean }
  ): { headers: [string, string][] }
}

/** The installed SDK's own list. */
const sdk = createRequire(import.meta.url)(
  join(process.cwd(), 'node_modules/@clerk/nextjs/dist/cjs/server/content-security-policy.js')
) as Sdk
const HOST = 'https://clerk.pangea.example'
const KEY = `pk_live_${Buffer.from('clerk.pangea.example$').toString('base64')}`

const parse = (policy: string): Map<string, string[]> =>
  new Map(
    policy.split('; ').map((part) => {
      const [name = '', ...values] = part.split(' ')
      return [name, values] as const
    })
  )

/** Not used by this app: billing, its address fields, and telemetry, which is switched off. */
const UNUSED = /stripe\.com|maps\.googleapis\.com|clerk-telemetry\.com/

test('the policy allows everything that Clerk’s SDK needs, and nothing unneeded', () => {
  setEnvironment({ NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY: KEY })
  const ours = parse(contentSecurityPolicy('nonce'))
  const theirs = parse(
    sdk.createContentSecurityPolicyHeaders(HOST, { strict: true }).headers[0]?.[1] ?? ''
  )
  expect(theirs.size).toBeGreaterThan(6)
  const missing = [...theirs].flatMap(([name, values]) =>
    values
      .filter((value) => !UNUSED.test(value) && !ours.get(name)?.includes(value))
      .map((v) => `${name} ${v}`)
  )
  // Scripts run by nonce and 'strict-dynamic', which ignores hosts and 'unsafe-inline'; the SDK's
  // nonce is its own, and 'unsafe-eval' is for development.
  expect(
    missing.filter((entry) => !/^script-src ('nonce-|'unsafe-|https:\/\/\*\.protect)/.test(entry))
  ).toEqual([])
})
