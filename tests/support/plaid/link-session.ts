/** A Link session at the emulator without a browser: the requests of its window, in order. */
import { z } from 'zod'

const Login = z.object({
  loginId: z.string(),
  outcome: z.union([
    z.object({
      kind: z.literal('ok'),
      accounts: z.array(
        z.object({
          id: z.string(),
          name: z.string(),
          mask: z.string().nullable(),
          subtype: z.string().nullable()
        })
      )
    }),
    z.object({ kind: z.literal('error'), error: z.object({ error_code: z.string() }) })
  ])
})
const LinkResult = z.object({
  publicToken: z.string(),
  metadata: z.looseObject({
    link_session_id: z.string(),
    institution: z.object({ institution_id: z.string(), name: z.string() }).nullable(),
    accounts: z.array(
      z.looseObject({
        id: z.string(),
        name: z.string(),
        mask: z.string().nullable(),
        subtype: z.string().nullable()
      })
    )
  })
})
export type LinkResult = z.output<typeof LinkResult>

type LinkInput = {
  linkToken: string
  username?: string
  password?: string
  institutionId?: string
  /** The bank's accounts to choose, by name; all by default. */
  choose?: (name: string) => boolean
}

/**
 * Logs in, chooses accounts, and returns the arguments of Link's onSuccess. @throws Error with
 * Plaid's code when the login is refused.
 */
export async function completeLink(
  plaidUrl: string,
  {
    linkToken,
    username = 'user_good',
    password = 'pass_good',
    institutionId = 'ins_109508',
    choose = () => true
  }: LinkInput
): Promise<LinkResult> {
  const { loginId, outcome } = Login.parse(
    await call(plaidUrl, 'login', {
      link_token: linkToken,
      institution_id: institutionId,
      username,
      password
    })
  )
  if (outcome.kind === 'error') throw new Error(outcome.error.error_code)
  const account_ids = outcome.accounts.filter(({ name }) => choose(name)).map(({ id }) => id)
  return LinkResult.parse(
    await call(plaidUrl, 'finish', { link_token: linkToken, login_id: loginId, account_ids })
  )
}

/** The institutions that Link offers for this token. */
export async function institutionsInLink(plaidUrl: string, linkToken: string): Promise<string[]> {
  const { institutions } = (await call(plaidUrl, 'institutions', {
    link_token: linkToken,
    query: ''
  })) as { institutions: { id: string }[] }
  return institutions.map(({ id }) => id)
}

async function call(plaidUrl: string, path: string, body: object): Promise<unknown> {
  const headers = { 'content-type': 'application/json' }
  const response = await fetch(`${plaidUrl}/link/api/${path}`, {
    method: 'POST',
    headers,
    body: JSON.stringify(body)
  })
  const answer = (await response.json()) as { error?: { error_code: string } }
  if (answer.error) throw new Error(answer.error.error_code)
  return answer
}
