/**
 * Responses of /api/v1: one strict schema each, with the type under the same name. Money is text,
 * because JSON numbers lose precision.
 */
import { z } from 'zod'
import { responseFields } from '@/lib/api/editable-columns'
import { CONNECTION_ACTS } from '@/lib/domain/connections/connection-states'
import { LIABILITY_KINDS } from '@/lib/domain/connections/liability'
import { JOB_STATUSES } from '@/lib/domain/jobs/job'
import { fieldsWith } from '@/lib/domain/transactions/edits'
import { DELETION_STEPS, STEP_STATES } from '@/lib/domain/users/deletion'

export const MoneyResponse = z.strictObject({ minor: z.string(), currency: z.string() })
export type MoneyResponse = z.infer<typeof MoneyResponse>

export const pageOf = <T extends z.ZodType>(item: T) =>
  z.strictObject({ items: z.array(item), next: z.string().nullable() })
export type PageResponse<T> = { items: T[]; next: string | null }
/** A complete list without paging. */
export const listOf = <T extends z.ZodType>(item: T) => z.strictObject({ items: z.array(item) })

export const ReverificationHint = z.strictObject({
  type: z.literal('forbidden'),
  reason: z.literal('reverification-error'),
  metadata: z.strictObject({
    reverification: z.strictObject({
      level: z.literal('second_factor'),
      afterMinutes: z.int().positive()
    })
  })
})
export type ReverificationHint = z.infer<typeof ReverificationHint>

export const ErrorResponse = z.strictObject({
  error: z.strictObject({
    code: z.string(),
    message: z.string(),
    fields: z.record(z.string(), z.string()).optional(),
    reference: z.string()
  }),
  /**
   * Clerk's documented hint for reverification_required; its browser hook prompts the user and
   * repeats the call.
   */
  clerk_error: ReverificationHint.optional()
})
export type ErrorResponse = z.infer<typeof ErrorResponse>

export const MeResponse = z.strictObject({
  id: z.string(),
  email: z.string().nullable(),
  step: z.string()
})
export type MeResponse = z.infer<typeof MeResponse>

/**
 * `testPage` is a PDF with a link and a number, while the user has not agreed to electronic
 * documents. `esign.shown`: its link was followed.
 */
export const AgreementsResponse = z.strictObject({
  version: z.string(),
  releasedOn: z.string(),
  documents: z.array(
    z.strictObject({ title: z.string(), url: z.string(), type: z.string(), category: z.string() })
  ),
  esign: z.strictObject({ shown: z.boolean(), agreed: z.boolean() }),
  testPage: z.string().nullable()
})
export type AgreementsResponse = z.infer<typeof AgreementsResponse>

export const SyncResponse = z.strictObject({
  status: z.string(),
  trigger: z.string(),
  attempts: z.number(),
  added: z.number(),
  modified: z.number(),
  removed: z.number(),
  code: z.string().nullable(),
  startedAt: z.string().nullable(),
  finishedAt: z.string().nullable()
})
export type SyncResponse = z.infer<typeof SyncResponse>

export const ConnectionResponse = z.strictObject({
  id: z.string(),
  institution: z.strictObject({
    id: z.string().nullable(),
    name: z.string(),
    logo: z.string().nullable()
  }),
  status: z.string(),
  errorCode: z.string().nullable(),
  lastSyncedAt: z.string().nullable(),
  bankDataAt: z.string().nullable(),
  /** Plaid's progress in loading the history. */
  history: z.string(),
  /** When an announced end of access takes effect. */
  endsAt: z.string().nullable(),
  /** The institution has accounts the user has not decided about. */
  newAccounts: z.boolean(),
  /** Plaid products the app reads and the user has not consented to. */
  missingProducts: z.array(z.string()),
  /** Quarantined rows; no sum includes them. */
  quarantined: z.number(),
  /** A disconnect is in progress. */
  leaving: z.boolean(),
  /** The user's actions, primary recovery action first. */
  acts: z.array(z.enum(CONNECTION_ACTS)),
  sync: SyncResponse.nullable()
})
export type ConnectionResponse = z.infer<typeof ConnectionResponse>

/** The terms of a card or loan; null where the institution does not say. */
export const LiabilityResponse = z.strictObject({
  kind: z.enum(LIABILITY_KINDS),
  /** Yearly, as decimal text in percent. */
  rates: z.array(z.strictObject({ type: z.string(), percentage: z.string() })),
  minimum: MoneyResponse.nullable(),
  dueOn: z.string().nullable(),
  overdue: z.boolean().nullable(),
  statement: MoneyResponse.nullable(),
  statementOn: z.string().nullable()
})
export type LiabilityResponse = z.infer<typeof LiabilityResponse>

export const LinkedAccountResponse = z.strictObject({
  id: z.string(),
  connectionId: z.string(),
  institutionName: z.string(),
  name: z.string(),
  /** The institution's name for the account. */
  bankName: z.string(),
  hidden: z.boolean(),
  mask: z.string().nullable(),
  type: z.string(),
  subtype: z.string().nullable(),
  current: MoneyResponse.nullable(),
  available: MoneyResponse.nullable(),
  limit: MoneyResponse.nullable(),
  balancesAt: z.string().nullable(),
  liability: LiabilityResponse.nullable()
})
export type LinkedAccountResponse = z.infer<typeof LinkedAccountResponse>

export const TransactionResponse = z.strictObject({
  id: z.string(),
  accountId: z.string(),
  accountName: z.string(),
  amount: MoneyResponse,
  date: z.string(),
  authorizedOn: z.string().nullable(),
  name: z.string(),
  merchantName: z.string().nullable(),
  category: z.string().nullable(),
  /** Plaid's detailed category, such as FOOD_AND_DRINK_COFFEE. */
  categoryDetailed: z.string().nullable(),
  /** income, spending (refunds included), transfer or excluded. */
  kind: z.string(),
  paymentChannel: z.string().nullable(),
  accountMask: z.string().nullable(),
  institutionName: z.string(),
  pending: z.boolean(),
  /** The user's own values, such as note and tags; of a split, the note on that split. */
  ...responseFields(fieldsWith('inList')),
  addedAt: z.string(),
  /** Position among the splits of a transaction; amount and category are the split's. */
  part: z.strictObject({ n: z.number(), of: z.number(), whole: MoneyResponse }).nullable(),
  /** The institution changed the amount after the user split it. */
  splitChanged: z.boolean()
})
export type TransactionResponse = z.infer<typeof TransactionResponse>

/** A document that Jiko requested; `reason` says why one must be resent. */
export const DocumentResponse = z.strictObject({
  type: z.string(),
  status: z.string(),
  reason: z.string().nullable()
})
export type DocumentResponse = z.infer<typeof DocumentResponse>
export const DocumentsResponse = z.strictObject({
  status: z.string().nullable(),
  documents: z.array(DocumentResponse)
})
export type DocumentsResponse = z.infer<typeof DocumentsResponse>

/** The user's Jiko account. POST /api/v1/account/portals returns the full numbers. */
export const BankAccountResponse = z.strictObject({
  id: z.string(),
  name: z.string(),
  status: z.string(),
  balance: MoneyResponse.nullable(),
  balanceAt: z.string().nullable(),
  accountNumberLast4: z.string().nullable(),
  routingNumberLast4: z.string().nullable()
})
export type BankAccountResponse = z.infer<typeof BankAccountResponse>
export const AccountNumbersResponse = z.strictObject({
  routingNumber: z.string(),
  accountNumber: z.string()
})
export type AccountNumbersResponse = z.infer<typeof AccountNumbersResponse>
export const WirePortals = z.strictObject({ portals: z.array(AccountNumbersResponse) })

const linkToken = {
  linkToken: z.string(),
  linkScriptUrl: z.string().nullable(),
  expiresAt: z.string(),
  visit: z.string()
}
/** `visit` is our id of the Link session, for resuming it and reporting its end. */
export const LinkTokenResponse = z.strictObject(linkToken)
export type LinkTokenResponse = z.infer<typeof LinkTokenResponse>
/** The address to open on another device. */
export const HostedLinkResponse = z.strictObject({
  visit: z.string(),
  url: z.url(),
  expiresAt: z.string()
})
export type HostedLinkResponse = z.infer<typeof HostedLinkResponse>
export const HostedLinkProgressResponse = z.strictObject({
  status: z.enum(['waiting', 'open', 'linked', 'closed', 'expired']),
  bank: z.string().nullable(),
  connectionId: z.string().nullable()
})
export type HostedLinkProgressResponse = z.infer<typeof HostedLinkProgressResponse>
const linkSession = { purpose: z.enum(['link', 'relink']), connectionId: z.string().nullable() }
/** The Link session that an OAuth redirect returned from; null if none. */
export const ResumedLinkResponse = z.discriminatedUnion('over', [
  z.strictObject({ ...linkToken, over: z.literal(false), ...linkSession }),
  z.strictObject({ over: z.literal(true), ...linkSession })
])
export type ResumedLinkResponse = z.infer<typeof ResumedLinkResponse>
export const RelinkResponse = z.strictObject({ status: z.string() })
export type RelinkResponse = z.infer<typeof RelinkResponse>
export const DisconnectResponse = z.strictObject({
  outcome: z.enum(['disconnected', 'disconnecting'])
})
export type DisconnectResponse = z.infer<typeof DisconnectResponse>
/** A disconnected bank with kept history. */
export type PastConnectionResponse = {
  id: string
  institutionName: string
  removedAt: string
  transactions: number
}
/** How long until the bank may be checked again. */
export const SyncRequestResponse = z.strictObject({ restMs: z.number() })
export type SyncRequestResponse = z.infer<typeof SyncRequestResponse>
export const LinkResponse = z.strictObject({
  connectionId: z.string(),
  outcome: z.enum(['linked', 'already_linked'])
})
export type LinkResponse = z.infer<typeof LinkResponse>

/** One message of the event stream at /api/v1/events. */
export type UserVersionMessage = { version: number }

/** The progress of a deletion. The id is the only credential: the login is deleted at the end. */
export const DeletionResponse = z.strictObject({
  id: z.string(),
  status: z.enum(JOB_STATUSES),
  steps: z.array(
    z.strictObject({
      step: z.enum(DELETION_STEPS),
      state: z.enum(STEP_STATES),
      doneAt: z.string().nullable()
    })
  ),
  /** The reason why the deletion waits, and the time of the next attempt. */
  waiting: z
    .strictObject({
      service: z.string().nullable(),
      code: z.string().nullable(),
      until: z.string()
    })
    .nullable(),
  requestedAt: z.string(),
  finishedAt: z.string().nullable()
})
export type DeletionResponse = z.infer<typeof DeletionResponse>
