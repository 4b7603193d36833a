/** Controls and data of the emulators. */

import { createHmac, randomUUID } from 'node:crypto'
import { expect } from '@playwright/test'
import { secretOf, stack } from '@/tests/e2e/support/stack'

export type VendorName = 'clerk' | 'plaid' | 'jiko'

const baseOf = (vendor: VendorName) =>
  ({ clerk: stack.clerkUrl, plaid: stack.plaidUrl, jiko: stack.jikoUrl })[vendor]

/** Calls a control (with a body) or reads data (without one). @throws when the emulator refuses. */
export async function callControl<T = unknown>(
  vendor: VendorName,
  path: string,
  body?: object
): Promise<T> {
  const init = body
    ? {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body)
      }
    : {}
  const response = await fetch(`${baseOf(vendor)}/_sandbox${path}`, init)
  if (!response.ok)
    throw new Error(`${vendor}${path} answered ${response.status}: ${await response.text()}`)
  return (await response.json()) as T
}

export type Fault = {
  path: string
  method?: string
  kind: string
  code?: string
  times?: number
  delay?: number
}

/** Injects a fault for all users; only for tests that run alone. */
export const injectFault = (vendor: VendorName, fault: Fault) =>
  callControl(vendor, '/faults', fault)

/** Clears the faults of all vendors. */
export async function clearFaults(): Promise<void> {
  for (const vendor of ['clerk', 'plaid', 'jiko'] as const)
    await fetch(`${baseOf(vendor)}/_sandbox/faults`, { method: 'DELETE' })
}

/** The app's circuit breaker per vendor that was called. */
export async function vendorStates(): Promise<Partial<Record<VendorName, string>>> {
  const response = await fetch(`${stack.appUrl}/api/health/ready`, {
    headers: { authorization: `Bearer ${secretOf('CRON_SECRET')}` }
  })
  return ((await response.json()) as { vendors: Partial<Record<VendorName, string>> }).vendors
}

/** Clears all faults and waits until the app calls every vendor again. */
export async function recoverVendors(): Promise<void> {
  await clearFaults()
  await expect
    .poll(async () => Object.values(await vendorStates()), {
      timeout: 20_000,
      message: 'the states of all circuit breakers'
    })
    .not.toContain('open')
}

export type PlaidItem = {
  itemId: string
  institutionId: string
  clientUserId: string
  exchanged: boolean
  removed: boolean
  transactions: number
}

/** Plaid's data of one user. */
export async function plaidItems(userId: string): Promise<PlaidItem[]> {
  const { items } = await callControl<{ items: PlaidItem[] }>('plaid', '/ledger')
  return items.filter(({ clientUserId }) => clientUserId === userId)
}

/** A public token as Link returns it, from Plaid's sandbox endpoint. */
export async function createPublicToken({
  institutionId = 'ins_109508',
  username = 'user_good',
  products = ['transactions']
} = {}): Promise<string> {
  const response = await fetch(`${stack.plaidUrl}/sandbox/public_token/create`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'plaid-client-id': stack.plaidClientId,
      'plaid-secret': stack.plaidSecret
    },
    body: JSON.stringify({
      institution_id: institutionId,
      initial_products: products,
      options: {
        webhook: `${stack.appUrl}/api/webhooks/plaid`,
        override_username: username,
        override_password: 'pass_good'
      }
    })
  })
  if (!response.ok)
    throw new Error(
      `/sandbox/public_token/create answered ${response.status}: ${await response.text()}`
    )
  return ((await response.json()) as { public_token: string }).public_token
}

/** The headers of a Clerk webhook. @param at its sending time in ms */
export function svixHeaders(
  body: string,
  at = Date.now(),
  id = `msg_${randomUUID()}`
): Record<string, string> {
  const timestamp = String(Math.floor(at / 1_000))
  const key = Buffer.from(secretOf('CLERK_WEBHOOK_SIGNING_SECRET').replace('whsec_', ''), 'base64')
  return {
    'svix-id': id,
    'svix-timestamp': timestamp,
    'svix-signature': `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`
  }
}
