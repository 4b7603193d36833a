import type { Agreements } from '../domain/application'
import type { ConnectionAct } from '../domain/connection-states'
import type { DeletionStep, StepState } from '../domain/deletion'
import type { Progress } from '../domain/progress'

/** The shapes /api/v1 answers with. Money crosses the wire as text, because JSON numbers lose cents. */
export type WireMoney = { minor: string; currency: string }
export type Page<T> = { items: T[]; next: string | null }

export type WireError = {
  error: { code: string; message: string; fields?: Record<string, string>; reference: string }
  /** Beside code reverification_required: Clerk's documented hint, on which its browser hook asks the person and repeats the call. */
  clerk_error?: WireReverification
}
export type WireReverification = { type: 'forbidden'; reason: 'reverification-error'; metadata: { reverification: 'strict' } }

export type WireMe = { id: string; email: string | null; step: string }

/** `testPage` leads to a PDF file with the number that goes with the consent. */
export type WireAgreements = Agreements & { testPage: string }

export type WireConnection = {
  id: string
  institution: { id: string | null; name: string; logo: string | null; primaryColor: string | null }
  status: string
  errorCode: string | null
  lastSyncedAt: string | null
  bankDataAt: string | null
  /** Whether Plaid has handed over everything it has for the start. */
  history: string
  /** When an announced end of access comes. */
  endsAt: string | null
  /** The bank has accounts the person has not chosen from yet. */
  newAccounts: boolean
  /** What Pangea has come to use and the person has not consented to yet; Plaid's product names. */
  missingProducts: string[]
  /** Rows of the bank's that could not be read; they are in no number. */
  quarantined: number
  /** It is being disconnected. */
  leaving: boolean
  /** What the person can do about it, the thing that mends it first. */
  acts: ConnectionAct[]
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
  /** What the bank calls it. */
  bankName: string
  hidden: boolean
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
  /** Plaid's finer word, such as FOOD_AND_DRINK_COFFEE. */
  categoryDetailed: string | null
  /** income, spending (refunds included), transfer or excluded: which sums count it. */
  kind: string
  paymentChannel: string | null
  accountMask: string | null
  institutionName: string
  pending: boolean
  /** What the person wrote about it; of a part, what that part was called. */
  note: string | null
  tags: string[]
  addedAt: string
  /** The n-th of several parts of the whole; amount and category are the part's. */
  part: { n: number; of: number; whole: WireMoney } | null
  /** The bank changed the amount after the user split it. */
  splitChanged: boolean
}

/** What the bank asked to see; `reason` says in our words why one has to be sent again. */
export type WireDocument = { type: string; status: string; reason: string | null }
export type WireDocuments = { status: string | null; documents: WireDocument[] }

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

/** `visit` is our id of this visit to Link, for coming back to it and for telling how it ended. */
export type WireLinkToken = { linkToken: string; linkScriptUrl: string | null; expiresAt: string; visit: string }
/** A visit to Link that a bank's own page came back from. */
export type WireResumed =
  | (WireLinkToken & { over: false; purpose: 'link' | 'relink'; connectionId: string | null })
  | { over: true; purpose: 'link' | 'relink'; connectionId: string | null }
export type WireRelinked = { status: string }
export type WireDisconnected = { outcome: 'disconnected' | 'disconnecting' }
/** A bank that was left and whose history was kept. */
export type WirePastConnection = { id: string; institutionName: string; removedAt: string; transactions: number }
/** For how long the bank is left alone now. */
export type WireCheck = { restMs: number }
export type WireLinked = { connectionId: string; outcome: 'linked' | 'already_linked' }

/** One message of the stream at /api/v1/events. */
export type WireChange = { version: number }

/** How far a deletion is. The id is told to the person who asked and to nobody else: at the end there is no login left to ask with. */
export type WireDeletion = {
  id: string
  status: Progress
  steps: { step: DeletionStep; state: StepState; doneAt: string | null }[]
  /** What is in the way, and when it is tried again. */
  waiting: { service: string | null; code: string | null; until: string } | null
  requestedAt: string
  finishedAt: string | null
}
