/**
 * Accounts at other banks, linked through Jiko's own Plaid client and verified before money moves.
 */
import { createHash } from 'node:crypto'
import { z } from 'zod'
import { invalid, notFound, precondition, readBody } from '@/sandbox/jiko/errors'
import {
  createLinkToken,
  exchangeToken,
  type PlaidAccount,
  readAccounts
} from '@/sandbox/jiko/plaid-client'
import { type Counterparty, getCustomer, type Jiko } from '@/sandbox/jiko/state'

const LinkToken = z.strictObject({
  client_name: z.string().min(1),
  redirect_uri: z.url().optional(),
  android_package_name: z.string().optional(),
  counterparty_id: z.uuid().optional()
})
const Create = z.strictObject({
  public_token: z.string().min(1),
  accounts: z
    .array(
      z.strictObject({
        id: z.string().min(1),
        name: z.string().nullish(),
        mask: z.string().nullish()
      })
    )
    .min(1),
  institution_id: z.string().min(1).optional()
})

/** Plaid's verification statuses, mapped to Jiko's. */
const VERIFICATION_STATUSES: Record<string, string> = {
  pending_automatic_verification: 'PENDING_AUTOMATIC_VERIFICATION',
  pending_manual_verification: 'PENDING_MANUAL_VERIFICATION',
  manually_verified: 'MANUALLY_VERIFIED',
  verification_expired: 'VERIFICATION_EXPIRED',
  verification_failed: 'VERIFICATION_FAILED'
}

export function addCounterparties(jiko: Jiko): void {
  const { app } = jiko.sandbox
  const base = '/api/v1/customers/:customer/counterparties/'
  app.post(`${base}plaid/link-token/`, async (c) => {
    const customer = getCustomer(jiko, c.req.param('customer'))
    const { client_name, redirect_uri, counterparty_id } = await readBody(c, LinkToken)
    const known = counterparty_id ? getCounterparty(jiko, customer.id, counterparty_id) : undefined
    const wish = {
      clientName: client_name,
      customerId: customer.id,
      redirectUri: redirect_uri,
      accessToken: known?.accessToken
    }
    return c.json(await createLinkToken(jiko, wish))
  })
  app.post(`${base}plaid/`, async (c) => {
    const customer = getCustomer(jiko, c.req.param('customer'))
    return c.json({
      items: (await createCounterparties(jiko, customer.id, await readBody(c, Create))).map(render)
    })
  })
  app.get(`${base}:id/`, async (c) =>
    c.json(
      render(
        await refreshVerification(
          jiko,
          getCounterparty(jiko, c.req.param('customer'), c.req.param('id'))
        )
      )
    )
  )
  app.post(`${base}:id/plaid/verify/`, async (c) => {
    const { accessToken } = await refreshVerification(
      jiko,
      getCounterparty(jiko, c.req.param('customer'), c.req.param('id')),
      true
    )
    // One code verifies every account of the same login.
    const others = jiko.records.counterparties.filter(
      (other) => other.accessToken === accessToken && other.status === 'IN_PROGRESS'
    )
    for (const other of others) await refreshVerification(jiko, other, true)
    return c.body(null, 204)
  })
}

/** @throws JikoApiError 404 */
export function getCounterparty(jiko: Jiko, customerId: string, id: string): Counterparty {
  const counterparty = jiko.records.counterparties.get(id)
  if (!counterparty || counterparty.customer_id !== customerId) throw notFound()
  return counterparty
}

async function createCounterparties(
  jiko: Jiko,
  customerId: string,
  wanted: z.infer<typeof Create>
): Promise<Counterparty[]> {
  const { access_token } = await exchangeToken(jiko, wanted.public_token)
  const { accounts, item } = await readAccounts(jiko, access_token)
  const chosen = wanted.accounts.map(({ id }, n) => {
    const account = accounts.find(({ account_id }) => account_id === id)
    if (!account) throw invalid(['body', 'accounts', n, 'id'], 'no such account')
    if (account.type !== 'depository')
      throw invalid(['body', 'accounts', n, 'id'], 'money cannot be sent to this kind of account')
    return account
  })
  return chosen.map((account) => {
    const id = jiko.sandbox.ids.uuid('counterparty')
    const counterparty = {
      id,
      customer_id: customerId,
      accessToken: access_token,
      plaidAccountId: account.account_id,
      institution_name: item.institution_name,
      mask: account.mask,
      account_type: account.subtype === 'savings' ? ('SAVINGS' as const) : ('CHECKING' as const),
      account_number: accountNumberFor(id, account.mask),
      time_created: jiko.now().toISOString(),
      readyAt:
        jiko.switches.get().counterpartyProof === 'later'
          ? jiko.now().getTime() + jiko.options.decisionDelay
          : 0,
      ...verificationOf(jiko, account, 0)
    }
    return jiko.records.counterparties.put(
      jiko.switches.get().counterpartyProof === 'later'
        ? { ...counterparty, ...PENDING_VERIFICATION }
        : counterparty
    )
  })
}

const PENDING_VERIFICATION = {
  status: 'IN_PROGRESS',
  verification_status: 'PENDING_AUTOMATIC_VERIFICATION'
} as const

/** The current verification status. `asked` means that the user reported the code as typed. */
async function refreshVerification(
  jiko: Jiko,
  counterparty: Counterparty,
  asked = false
): Promise<Counterparty> {
  if (counterparty.status !== 'IN_PROGRESS') {
    if (asked && counterparty.status === 'FAILED') throw precondition('Verification is over')
    return counterparty
  }
  const { accounts } = await readAccounts(jiko, counterparty.accessToken)
  const account = accounts.find(({ account_id }) => account_id === counterparty.plaidAccountId)
  const judged = account && verificationOf(jiko, account, counterparty.readyAt)
  // The emulator checks a typed code only when asked to.
  if (!judged || (judged.verification_status === 'MANUALLY_VERIFIED' && !asked)) return counterparty
  return jiko.records.counterparties.put({ ...counterparty, ...judged })
}

function verificationOf(
  jiko: Jiko,
  account: PlaidAccount,
  readyAt: number
): Pick<Counterparty, 'status' | 'verification_status'> {
  if (jiko.now().getTime() < readyAt) return PENDING_VERIFICATION
  const proof = VERIFICATION_STATUSES[account.verification_status ?? ''] ?? 'AUTOMATICALLY_VERIFIED'
  const status = proof.startsWith('PENDING_')
    ? 'IN_PROGRESS'
    : proof.endsWith('VERIFIED')
      ? 'VERIFIED'
      : 'FAILED'
  return { status, verification_status: proof }
}

/** Ends in the digits that the user sees. */
const accountNumberFor = (id: string, mask: string | null) =>
  `${BigInt(`0x${createHash('sha256').update(id).digest('hex')}`)
    .toString()
    .slice(0, 8)}${mask ?? ''}`

const render = (counterparty: Counterparty) => ({
  id: counterparty.id,
  type: 'ACH',
  ach: {
    time_created: counterparty.time_created,
    verification_type: 'PLAID',
    status: counterparty.status,
    account_number: counterparty.account_number,
    routing_number: '021000021',
    name_on_account: null,
    account_type: counterparty.account_type,
    institution_name: counterparty.institution_name,
    plaid: { mask: counterparty.mask, verification_status: counterparty.verification_status },
    micro_deposits: null
  },
  wire: null,
  object_type: 'Counterparty'
})
