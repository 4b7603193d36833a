/** The emulator's state: stored records and shared parts. */

import type { Emulator, EmulatorOptions } from '@/sandbox/core/sandbox'
import type { Collection } from '@/sandbox/core/store'
import type { LinkResult, LinkToken } from '@/sandbox/plaid/link/types'
import type { CustomDocument } from '@/sandbox/plaid/logins/custom-user'
import type { RateLimits } from '@/sandbox/plaid/rate-limits'
import type { SigningKeys } from '@/sandbox/plaid/signing-keys'
import type { BankRow } from '@/sandbox/plaid/transactions/rows'

export type PlaidOptions = EmulatorOptions & {
  /** The keys that the app must send. */
  clientId: string
  secret: string
  /** Other clients of Plaid, each with its own keys; one client cannot use another's Items. */
  otherClients?: { clientId: string; secret: string }[]
  /**
   * Milliseconds from the exchange until the first 30 days, and until the whole history, can be
   * synced.
   */
  readyAfter?: { initial: number; historical: number }
}

export type LinkSession = LinkToken & {
  clientId: string
  createdAt: string
  events: { name: string; at: string; id: string; metadata: Record<string, unknown> }[]
  finished: {
    at: string
    itemId: string
    publicToken: string
    metadata: LinkResult['metadata']
  }[]
  failedLogins: number
  /** Set when Plaid's own page runs Link; `exit` when its window was closed without a result. */
  hosted: {
    id: string
    completionRedirectUri: string | null
    exit: { at: string; metadata: Record<string, unknown> } | null
  } | null
}

export type LoginRecord = {
  id: string
  linkTokenId: string
  institutionId: string
  username: string
  custom: CustomDocument | null
  /** How ownership is verified where the institution does not confirm it at once. */
  deposits: MicrodepositVerification | null
  /** Reserved here, so that account ids shown in Link are the Item's. */
  itemId: string
  state: 'asking' | 'ok' | 'failed'
  /** The kind of second factor, and how far the user is in its questions. */
  mfa: {
    kind: 'device' | 'questions' | 'selections'
    round: number
    rounds: number
    perRound: number
    options: number
    picked: boolean
  } | null
}

/**
 * Micro-deposits that verify an account: confirmed automatically, or by a code that the user types.
 */
export type MicrodepositVerification =
  | 'pending_automatic_verification'
  | 'pending_manual_verification'
export type Verification =
  | MicrodepositVerification
  | 'automatically_verified'
  | 'manually_verified'
  | 'verification_failed'
  | 'verification_expired'

export type PublicToken = { id: string; itemId: string; used: boolean; expiresAt: string }

export type ItemAccount = { key: string; id: string }

export type ItemRecord = {
  id: string
  /** SHA-256 of the access token: the token itself is not stored. */
  tokenHash: string | null
  clientId: string
  clientUserId: string
  institutionId: string
  username: string
  custom: CustomDocument | null
  /** Chosen accounts: the bank's key and Plaid's id. */
  accounts: ItemAccount[]
  products: string[]
  /**
   * Products that Link asked consent for; absent for an Item made without Link, which allows all.
   */
  consented?: string[]
  webhook: string | null
  createdAt: string
  /** Calendar day (days since 1970) of linking, and the last day whose postings have arrived. */
  linkedOn: number
  through: number
  daysRequested: number
  /** When data collection began: at the exchange; null until then. */
  startedAt: string | null
  /** Whether /transactions/sync was ever called, after which SYNC_UPDATES_AVAILABLE is sent. */
  synced: boolean
  error: string | null
  consentExpiresAt: string | null
  removed: boolean
  updatedAt: string | null
  failedAt: string | null
  lastWebhook: { at: string; code: string } | null
  /** null when no micro-deposits were needed. */
  verification: Verification | null
  wrongCodes: number
  /** Incremented so that re-added accounts get new ids. */
  generation: number
}

export type Change =
  | { kind: 'add'; row: BankRow }
  | { kind: 'modify'; id: string; patch: Partial<BankRow> }
  | { kind: 'remove'; id: string }

/**
 * One change of an Item's transactions. Generated rows are not stored, only the fact that they
 * arrived.
 */
export type Batch = { id: string; itemId: string; seq: number } & (
  | { kind: 'initial' | 'historical'; accounts: ItemAccount[]; through: number }
  | { kind: 'days'; accounts: ItemAccount[]; from: number; through: number }
  | { kind: 'accounts'; accounts: ItemAccount[]; through: number }
  | { kind: 'changes'; changes: Change[] }
)

export type Plaid = {
  sandbox: Emulator
  options: PlaidOptions
  limits: RateLimits
  keys: SigningKeys
  linkSessions: Collection<LinkSession>
  logins: Collection<LoginRecord>
  publicTokens: Collection<PublicToken>
  items: Collection<ItemRecord>
  batches: Collection<Batch>
  /** The transactions that /signal/evaluate has seen, by the client's id. */
  evaluations: Collection<{ id: string }>
  counts: Collection<{ id: string; n: number }>
  /** Switches that a reset clears. */
  switches: { pageSize: number | null; mutateItems: Set<string> }
}

/** Counts an event for the ledger. */
export function incrementCounter(plaid: Plaid, what: string): void {
  plaid.counts.put({ id: what, n: (plaid.counts.get(what)?.n ?? 0) + 1 })
}
