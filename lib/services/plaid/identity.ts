import 'server-only'
import { z } from 'zod'
import type { AccountOwner } from '@/lib/domain/onboarding/bank-details'
import { type OwnerMatch, ownerMatch } from '@/lib/domain/transfers/owner-match'
import { type CallContext, callPlaid } from '@/lib/services/plaid/client'
import { parseRows } from '@/lib/services/plaid/parse-rows'
import { name, word } from '@/lib/services/plaid/wire'

/** The user waits for it; without an answer by then, they type. */
const DEADLINE_MS = 15_000

const rows = z.array(z.unknown()).catch([])
const flag = z.boolean().nullish().catch(null)
const IdentityResponse = z.object({
  accounts: z.array(z.object({ type: word, owners: rows }).catch({ type: null, owners: [] }))
})
const Owner = z.object({
  names: z.array(name).catch([]),
  phone_numbers: z.array(z.object({ data: word, type: word, primary: flag })).catch([]),
  addresses: z
    .array(
      z.object({
        primary: flag,
        data: z.object({
          street: name,
          city: name,
          region: word,
          postal_code: word,
          country: word
        })
      })
    )
    .catch([])
})

const MatchResponse = z.object({
  accounts: z.array(
    z.object({
      account_id: z.string(),
      legal_name: z.object({ score: z.number().nullish() }).nullish().catch(null)
    })
  )
})

/**
 * The owner of the Item's first checking or savings account, else of its first account; null if the
 * bank names none, or several people.
 * @throws IntegrationError; PRODUCT_NOT_READY, PRODUCTS_NOT_SUPPORTED, ADDITIONAL_CONSENT_REQUIRED.
 */
export async function readOwner(
  context: CallContext,
  accessToken: string
): Promise<AccountOwner | null> {
  const about = { method: '/identity/get', retry: true, deadlineMs: DEADLINE_MS, context }
  const { accounts } = await callPlaid(about, IdentityResponse, (api, options) =>
    api.identityGet({ access_token: accessToken }, options)
  )
  const owned = accounts.filter(({ owners }) => owners.length > 0)
  const account = owned.find(({ type }) => type === 'depository') ?? owned[0]
  const [owner, another] = parseRows(about.method, Owner, account?.owners ?? [])
  if (!owner || another) return null
  return {
    names: owner.names.flatMap((one) => one ?? []),
    phones: owner.phone_numbers.flatMap(({ data, type, primary }) =>
      data ? [{ number: data, type, primary: primary === true }] : []
    ),
    addresses: owner.addresses.map(({ primary, data }) => ({
      street: data.street ?? '',
      city: data.city ?? '',
      region: data.region ?? '',
      postalCode: data.postal_code ?? '',
      country: data.country,
      primary: primary === true
    }))
  }
}

/**
 * Whether the accounts belong to a person of this name; Plaid takes the best match of several
 * owners. Accounts for which the bank names no owner are left out. The score ends here.
 * @throws IntegrationError; PRODUCT_NOT_READY, PRODUCTS_NOT_SUPPORTED, ADDITIONAL_CONSENT_REQUIRED.
 */
export async function compareOwners(
  context: CallContext,
  accessToken: string,
  { legalName, accountIds }: { legalName: string; accountIds: string[] }
): Promise<{ plaidAccountId: string; ownerMatch: OwnerMatch }[]> {
  const about = { method: '/identity/match', retry: true, deadlineMs: DEADLINE_MS, context }
  const { accounts } = await callPlaid(about, MatchResponse, (api, options) =>
    api.identityMatch(
      {
        access_token: accessToken,
        user: { legal_name: legalName },
        options: { account_ids: accountIds }
      },
      options
    )
  )
  return accounts.flatMap(({ account_id, legal_name }) => {
    const match = ownerMatch(legal_name?.score ?? null)
    return match ? [{ plaidAccountId: account_id, ownerMatch: match }] : []
  })
}
