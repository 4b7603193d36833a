/** The interface between the Link pages and the emulator's data. */
import type { Emulator } from '@/sandbox/core/sandbox'
import type { PlaidErrorBody } from '@/sandbox/plaid/errors'

export type AccountFilters = Record<string, { account_subtypes: string[] }>

export type LinkToken = {
  /** `link-sandbox-<uuid>` */
  id: string
  /** The app's client_user_id. */
  userId: string
  /** Products that the institution and at least one account each must support. */
  products: string[]
  /** Products added where supported, and products that need consent only. */
  optionalProducts: string[]
  consentedProducts: string[]
  accountFilters: AccountFilters
  countryCodes: string[]
  language: string
  clientName: string
  webhook: string | null
  redirectUri: string | null
  update: { itemId: string; accountSelection: boolean } | null
  daysRequested: number
  expiresAt: string
  linkSessionId: string
}

export type LinkInstitution = {
  id: string
  name: string
  /** PNG, base64, no data: prefix. */
  logo: string
  /** `#rrggbb` */
  primaryColor: string
  url: string
  oauth: boolean
  status: 'healthy' | 'degraded' | 'down' | 'unsupported'
  products: string[]
  countryCodes: string[]
}

export type LinkAccount = {
  id: string
  name: string
  mask: string | null
  type: string
  subtype: string | null
  balance: number | null
  currency: string | null
}

/**
 * One further question after the password. Answers go to `answerMfa` as one text per prompt, in
 * order.
 */
export type MfaStep =
  /** Pick one device: the answer is its `id`. Then a `code` step follows. */
  | { type: 'device_list'; devices: { id: string; label: string }[] }
  /** The one-time code, sent to the masked address `sentTo`. */
  | { type: 'code'; sentTo: string }
  | { type: 'questions'; round: number; prompts: string[] }
  | { type: 'selections'; prompts: { question: string; options: string[] }[] }

export type LoginOutcome =
  | { kind: 'ok'; accounts: LinkAccount[] }
  | { kind: 'mfa'; step: MfaStep }
  | { kind: 'error'; error: PlaidErrorBody }

/** The second argument of Link's onSuccess, in Plaid's own names. */
export type LinkSuccessMetadata = {
  institution: { name: string; institution_id: string } | null
  accounts: {
    id: string
    name: string
    mask: string | null
    type: string
    subtype: string | null
    verification_status: string | null
    class_type: string | null
  }[]
  link_session_id: string
}

export type LinkResult = { publicToken: string; metadata: LinkSuccessMetadata }

type LinkEventRecord = { name: string; metadata: Record<string, unknown> }

/** Refused calls throw a `PlaidApiError` (see ./errors), whose `.body()` is a PlaidErrorBody. */
export type LinkBackend = {
  sandbox: Emulator
  /** Undefined for an unknown or expired token: respond with INVALID_LINK_TOKEN. */
  findLinkToken(token: string): LinkToken | undefined
  /**
   * Institutions that match the filters, best match first, including unhealthy and unsupported
   * ones.
   */
  listInstitutions(filter: {
    query?: string
    countryCodes?: string[]
    products?: string[]
  }): LinkInstitution[]
  getInstitution(id: string): LinkInstitution | undefined
  /**
   * Institution, shared accounts and whether a micro-deposit code is awaited, for an update-mode
   * token's Item; undefined for other tokens and removed Items.
   */
  findUpdateTarget(
    token: LinkToken
  ): { institutionId: string; accountIds: string[]; asksForCode: boolean } | undefined
  /**
   * Tries a login. At an OAuth bank every login succeeds. In update mode `institutionId` must be
   * the Item's. The `loginId` is valid for `answerMfa` and, once the outcome is `ok`, for
   * finishing.
   */
  login(attempt: {
    linkToken: string
    institutionId: string
    username: string
    password: string
  }): { loginId: string; outcome: LoginOutcome }
  answerMfa(loginId: string, answers: string[]): LoginOutcome
  /** Creates the Item with the chosen accounts (at least one). */
  finishNew(done: { linkToken: string; loginId: string; accountIds: string[] }): LinkResult
  /**
   * Repairs the Item of an update-mode token; with account selection on, `accountIds` becomes the
   * Item's account list.
   */
  finishUpdate(done: { linkToken: string; loginId: string; accountIds: string[] }): LinkResult
  /**
   * Verifies the account of an update-mode token by a micro-deposit code; a wrong code is
   * INVALID_MFA.
   */
  verifyCode(linkToken: string, code: string): LinkResult
  /** Stores one of Link's events, for /link/token/get and the ledger. */
  recordLinkEvent(linkToken: string, event: LinkEventRecord): void
}
