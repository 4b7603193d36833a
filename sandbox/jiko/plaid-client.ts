/** Jiko's own client at Plaid: its Link tokens open Link, and the Items belong to Jiko. */
import { JikoApiError, precondition } from '@/sandbox/jiko/errors'
import type { Jiko } from '@/sandbox/jiko/state'

async function callPlaid<T>(
  { options }: Jiko,
  path: string,
  body: Record<string, unknown>
): Promise<T> {
  const access = options.plaid
  if (!access) throw new JikoApiError(503, 'This emulator was started without Plaid')
  const response = await fetch(`${access.url}${path}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'plaid-client-id': access.clientId,
      'plaid-secret': access.secret
    },
    body: JSON.stringify(body)
  }).catch(() => null)
  if (!response || response.status >= 500) throw new JikoApiError(503, 'Plaid does not answer')
  const answer = (await response.json()) as T & { error_code?: string }
  if (!response.ok) throw precondition(`Plaid refused: ${answer.error_code}`)
  return answer
}

type LinkTokenRequest = {
  clientName: string
  customerId: string
  redirectUri?: string | undefined
  accessToken?: string | undefined
}

export async function createLinkToken(
  jiko: Jiko,
  { clientName, customerId, redirectUri, accessToken }: LinkTokenRequest
) {
  const { link_token, expiration } = await callPlaid<{ link_token: string; expiration: string }>(
    jiko,
    '/link/token/create',
    {
      client_name: clientName,
      language: 'en',
      country_codes: ['US'],
      user: { client_user_id: customerId },
      ...(accessToken ? { access_token: accessToken } : { products: ['auth'] }),
      ...(redirectUri ? { redirect_uri: redirectUri } : {})
    }
  )
  return { link_token, expiration }
}

export const exchangeToken = (jiko: Jiko, publicToken: string) =>
  callPlaid<{ access_token: string; item_id: string }>(jiko, '/item/public_token/exchange', {
    public_token: publicToken
  })

export type PlaidAccount = {
  account_id: string
  name: string
  mask: string | null
  type: string
  subtype: string | null
  verification_status?: string
}

/** The accounts of a login, with the verification status of each. */
export const readAccounts = (jiko: Jiko, accessToken: string) =>
  callPlaid<{ accounts: PlaidAccount[]; item: { institution_name: string | null } }>(
    jiko,
    '/accounts/get',
    { access_token: accessToken }
  )
