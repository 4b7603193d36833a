/** Which vendors are real and which are stood in for: decided by keys alone, before anything starts. */
import type { Environment } from '@/scripts/stack/env-files'

export const VENDOR_VARIABLES = {
  clerk: ['NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY', 'CLERK_SECRET_KEY', 'CLERK_WEBHOOK_SIGNING_SECRET'],
  plaid: ['PLAID_CLIENT_ID', 'PLAID_SECRET'],
  jiko: ['JIKO_BASE_URL', 'JIKO_USERNAME', 'JIKO_PASSWORD', 'JIKO_SHARED_SECRET'],
  xata: ['DATABASE_URL']
} as const
export type Vendor = keyof typeof VENDOR_VARIABLES
export const VENDOR_NAMES = Object.keys(VENDOR_VARIABLES) as Vendor[]

/** What `npm start` makes itself on a laptop, and a deployment brings along. */
const APP_VARIABLES = ['APP_URL', 'ENCRYPTION_KEYS', 'CRON_SECRET', 'JIKO_WEBHOOK_SECRETS']

/** Needed only where Clerk's webhooks can arrive, which is not at a laptop's own address. */
const CLERK_WEBHOOKS = 'CLERK_WEBHOOK_SIGNING_SECRET'

export type Plan = {
  emulated: Vendor[]
  /** A deployment, or SANDBOX=off: nothing is stood in for and nothing is made up. */
  strict: boolean
}

/** @returns the plan, or one sentence per reason not to start. */
export function planVendors(env: Environment): { plan: Plan } | { problems: string[] } {
  const missing = (names: readonly string[]) => names.filter((name) => !env[name])
  const emulated = VENDOR_NAMES.filter(
    (vendor) => missing(VENDOR_VARIABLES[vendor]).length === VENDOR_VARIABLES[vendor].length
  )
  const strict = env.NODE_ENV === 'production' || env.SANDBOX === 'off'
  const needed = (vendor: Vendor) =>
    VENDOR_VARIABLES[vendor].filter(
      (name) => name !== CLERK_WEBHOOKS || strict || isPublic(env.APP_URL)
    )
  const incomplete = VENDOR_NAMES.filter(
    (vendor) => !emulated.includes(vendor) && missing(needed(vendor)).length > 0
  )
  const problems = incomplete.map(
    (vendor) =>
      `${titleOf(vendor)}: ${missing(needed(vendor)).join(', ')} missing. Set all of ${VENDOR_VARIABLES[vendor].join(', ')}, or none to use the stand-in.`
  )
  if (env.MIGRATE_DATABASE_URL && !env.DATABASE_URL)
    problems.push('MIGRATE_DATABASE_URL is set without DATABASE_URL. Set both, or neither.')
  const because = env.NODE_ENV === 'production' ? 'NODE_ENV=production' : 'SANDBOX=off'
  if (strict) {
    const absent = [
      ...emulated.flatMap((vendor) => VENDOR_VARIABLES[vendor]),
      ...missing(APP_VARIABLES)
    ]
    if (absent.length)
      problems.push(
        `${because} asks for real services, and these are missing: ${absent.join(', ')}. See .env.example.`
      )
  } else {
    const live = liveKey(env)
    const names = emulated.map(titleOf).join(', ')
    if (live && emulated.length)
      problems.push(`${live} is live, so no stand-in may run beside it. Add the keys of: ${names}.`)
  }
  return problems.length ? { problems } : { plan: { emulated, strict } }
}

const LOOPBACK = /^(localhost|127\.0\.0\.1|\[::1\]|.*\.localhost)$/
const isPublic = (appUrl: string | undefined): boolean =>
  appUrl !== undefined && URL.canParse(appUrl) && !LOOPBACK.test(new URL(appUrl).hostname)

/** The first variable that reaches real people's money, or null. */
function liveKey(env: Environment): string | null {
  if (env.NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY?.startsWith('pk_live_'))
    return 'NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY'
  if (env.CLERK_SECRET_KEY?.startsWith('sk_live_')) return 'CLERK_SECRET_KEY'
  if (env.PLAID_ENV === 'production') return 'PLAID_ENV=production'
  return env.JIKO_BASE_URL && !isTestHost(env.JIKO_BASE_URL) ? 'JIKO_BASE_URL' : null
}

function isTestHost(url: string): boolean {
  if (!URL.canParse(url)) return false
  const { hostname } = new URL(url)
  return (
    LOOPBACK.test(hostname) || hostname.split('.').some((part) => /(^|-)sandbox(-|$)/.test(part))
  )
}

export const titleOf = (vendor: Vendor) => vendor[0]?.toUpperCase() + vendor.slice(1)
