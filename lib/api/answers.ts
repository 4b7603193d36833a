/** The shapes /api/v1 answers with. Money crosses the wire as text, because JSON numbers lose cents. */
export type WireMoney = { minor: string; currency: string }
export type Page<T> = { items: T[]; next: string | null }

export type WireError = { error: { code: string; message: string; fields?: Record<string, string>; reference: string } }

export type WireMe = { id: string; email: string | null; step: string }

export type WireConnection = {
  id: string
  institution: { id: string | null; name: string; logo: string | null; primaryColor: string | null }
  status: string
  errorCode: string | null
  lastSyncedAt: string | null
  bankDataAt: string | null
  /** Whether Plaid has handed over everything it has for the start. */
  history: string
  sync: WireSync | null
}

export type WireSync = {
  status: string
  trigger: string
  attempts: number
  added: number
  modified: number
  removed: number
  code: string | null
  startedAt: string | null
  finishedAt: string | null
}

export type WireAccount = {
  id: string
  connectionId: string
  institutionName: string
  name: string
  mask: string | null
  type: string
  subtype: string | null
  current: WireMoney | null
  available: WireMoney | null
  limit: WireMoney | null
  balancesAt: string | null
}

export type WireTransaction = {
  id: string
  accountId: string
  accountName: string
  amount: WireMoney
  date: string
  authorizedOn: string | null
  name: string
  merchantName: string | null
  category: string | null
  pending: boolean
}

/** The person's own Jiko account; numbers are masked unless they were asked for with POST /api/v1/account/portals. */
export type WireBankAccount = {
  id: string
  name: string
  status: string
  balance: WireMoney | null
  balanceAt: string | null
  accountNumberLast4: string | null
  routingNumberLast4: string | null
}
export type WirePortal = { routingNumber: string; accountNumber: string }

export type WireLinkToken = { linkToken: string; linkScriptUrl: string | null; expiresAt: string }
export type WireLinked = { connectionId: string; outcome: 'linked' | 'already_linked' }

/** One message of the stream at /api/v1/events. */
export type WireChange = { version: number }
