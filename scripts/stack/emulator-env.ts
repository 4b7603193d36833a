/** The variables that point the app at the emulators, for `npm start` and the tests. */
import { createHash } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import type { Environment } from '@/scripts/stack/env-files'
import type { Secrets } from '@/scripts/stack/secrets'
import type { Vendor } from '@/scripts/stack/vendors'

/**
 * The host only identifies the instance: the browser reaches the emulator through the app. One per
 * clone, because Clerk names cookies after the key and cookies ignore ports: two clones on
 * localhost would sign each other out.
 */
const CLONE_ID = createHash('sha256')
  .update(fileURLToPath(new URL('../..', import.meta.url)))
  .digest('hex')
  .slice(0, 8)
const CLERK_PUBLISHABLE_KEY = `pk_test_${Buffer.from(`local-sandbox-${CLONE_ID}.clerk.accounts.dev$`).toString('base64').replace(/=+$/, '')}`

/**
 * `mail` is the mailbox page, `smtp` the mail server, `gateway` Xata's HTTP gateway if the app
 * uses it.
 */
export type EmulatorUrls = {
  clerk: string
  plaid: string
  jiko: string
  xata: string
  mail: string
  smtp: string
  gateway: string
}

/** The variables that a build inlines, before any port is known. */
export const buildEnv = (emulated: Vendor[]): Environment =>
  emulated.includes('clerk')
    ? {
        NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY: CLERK_PUBLISHABLE_KEY,
        NEXT_PUBLIC_CLERK_PROXY_URL: '/__clerk'
      }
    : {}

/** Clerk settings that also apply to the real service. */
export const CLERK_PAGES: Environment = {
  NEXT_PUBLIC_CLERK_SIGN_IN_URL: '/sign-in',
  NEXT_PUBLIC_CLERK_SIGN_UP_URL: '/sign-up',
  NEXT_PUBLIC_CLERK_SIGN_IN_FALLBACK_REDIRECT_URL: '/dashboard',
  NEXT_PUBLIC_CLERK_SIGN_UP_FALLBACK_REDIRECT_URL: '/dashboard',
  NEXT_PUBLIC_CLERK_TELEMETRY_DISABLED: '1',
  NEXT_PUBLIC_CLERK_KEYLESS_DISABLED: '1'
}

/**
 * @param urls `xata` is the connection string; `app` is the target of OAuth redirects. @returns
 * only the variables of emulated vendors.
 */
export function emulatorEnv(
  emulated: Vendor[],
  urls: Partial<EmulatorUrls> & { app?: string },
  secrets: Secrets
): Environment {
  const of: Record<Vendor, () => Environment> = {
    clerk: () => ({
      ...buildEnv(['clerk']),
      CLERK_SECRET_KEY: secrets.clerkSecretKey,
      CLERK_WEBHOOK_SIGNING_SECRET: secrets.clerkWebhookSecret,
      CLERK_FAPI_URL: urls.clerk ?? '',
      CLERK_API_URL: urls.clerk ?? ''
    }),
    plaid: () => ({
      PLAID_CLIENT_ID: secrets.plaidClientId,
      PLAID_SECRET: secrets.plaidSecret,
      PLAID_ENV: 'sandbox',
      PLAID_BASE_URL: urls.plaid ?? '',
      PLAID_LINK_SCRIPT_URL: `${urls.plaid}/link/v2/stable/link-initialize.js`,
      ...(urls.app ? { PLAID_REDIRECT_URI: `${urls.app}/connections/return` } : {})
    }),
    jiko: () => ({
      JIKO_BASE_URL: urls.jiko ?? '',
      JIKO_USERNAME: secrets.jikoUsername,
      JIKO_PASSWORD: secrets.jikoPassword,
      JIKO_SHARED_SECRET: secrets.jikoSharedSecret
    }),
    xata: () => ({
      DATABASE_URL: urls.xata ?? '',
      ...(urls.gateway
        ? { XATA_TRANSPORT: 'http', XATA_GATEWAY_URL: urls.gateway }
        : { XATA_TRANSPORT: 'tcp' })
    })
  }
  return Object.assign(
    {},
    ...emulated.map((vendor) => of[vendor]()),
    urls.smtp ? { MAIL_URL: urls.smtp } : {}
  )
}
