/** What /api/v1 answers: one strict schema per response, its type under the same name. Money is text, because JSON numbers lose cents. */
import { z } from 'zod'
import { CONNECTION_ACTS } from '@/lib/domain/connections/connection-states'
import { DELETION_STEPS, STEP_STATES } from '@/lib/domain/users/deletion'
import { JOB_STATUSES } from '@/lib/domain/jobs/job'

export const WireMoney = z.strictObject({ minor: z.string(), currency: z.string() })
export type WireMoney = z.infer<typeof WireMoney>

export const pageOf = <T extends z.ZodType>(item: T) =>
  z.strictObject({ items: z.array(item), next: z.string().nullable() })
export type Page<T> = { items: T[]; next: string | null }
/** A list that always comes whole. */
export const listOf = <T extends z.ZodType>(item: T) => z.strictObject({ items: z.array(item) })

export const WireReverification = z.strictObject({
  type: z.literal('forbidden'),
  reason: z.literal('reverification-error'),
  metadata: z.strictObject({ reverification: z.literal('strict') })
})
export type WireReverification = z.infer<typeof WireReverification>

export const WireError = z.strictObject({
  error: z.strictObject({
    code: z.string(),
    message: z.string(),
    fields: z.record(z.string(), z.string()).optional(),
    reference: z.string()
  }),
  /** Beside code reverification_required: Clerk's documented hint, on which its browser hook asks the user and repeats the call. */
  clerk_error: WireReverification.optional()
})
export type WireError = z.infer<typeof WireError>

export const WireMe = z.strictObject({
  id: z.string(),
  email: z.string().nullable(),
  step: z.string()
})
export type WireMe = z.infer<typeof WireMe>

/** `testPage` leads to a PDF file with the number that goes with the consent. */
export const WireAgreements = z.strictObject({
  version: z.string(),
  releasedOn: z.string(),
  documents: z.array(
    z.strictObject({ title: z.string(), url: z.string(), type: z.string(), category: z.string() })
  ),
  testPage: z.string()
})
export type WireAgreements = z.infer<typeof WireAgreements>

export const WireSync = z.strictObject({
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
export type WireSync = z.infer<typeof WireSync>

export const WireConnection = z.strictObject({
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
  /** Whether Plaid has handed over everything it has for the start. */
  history: z.string(),
  /** When an announced end of access comes. */
  endsAt: z.string().nullable(),
  /** The bank has accounts that the user has not chosen from yet. */
  newAccounts: z.boolean(),
  /** Plaid's names of the products that Pangea reads and the user has not consented to yet. */
  missingProducts: z.array(z.string()),
  /** Rows of the bank that could not be stored; they are in no sum. */
  quarantined: z.number(),
  /** It is being disconnected. */
  leaving: z.boolean(),
  /** What the user can do about it, the primary recovery action first. */
  acts: z.array(z.enum(CONNECTION_ACTS)),
  sync: WireSync.nullable()
})
export type WireConnection = z.infer<typeof WireConnection>

export const WireAccount = z.strictObject({
  id: z.string(),
  connectionId: z.string(),
  institutionName: z.string(),
  name: z.string(),
  /** The bank's own name for it. */
  bankName: z.string(),
  hidden: z.boolean(),
  mask: z.string().nullable(),
  type: z.string(),
  subtype: z.string().nullable(),
  current: WireMoney.nullable(),
  available: WireMoney.nullable(),
  limit: WireMoney.nullable(),
  balancesAt: z.string().nullable()
})
export type WireAccount = z.infer<typeof WireAccount>

export const WireTransaction = z.strictObject({
  id: z.string(),
  accountId: z.string(),
  accountName: z.string(),
  amount: WireMoney,
  date: z.string(),
  authorizedOn: z.string().nullable(),
  name: z.string(),
  merchantName: z.string().nullable(),
  category: z.string().nullable(),
  /** Plaid's detailed category, such as FOOD_AND_DRINK_COFFEE. */
  categoryDetailed: z.string().nullable(),
  /** income, spending (refunds included), transfer or excluded: which sums count it. */
  kind: z.string(),
  paymentChannel: z.string().nullable(),
  accountMask: z.string().nullable(),
  institutionName: z.string(),
  pending: z.boolean(),
  /** The user's note; of a split, the note on that split. */
  note: z.string().nullable(),
  tags: z.array(z.string()),
  addedAt: z.string(),
  /** The n-th of several splits of the whole; amount and category are the split's. */
  part: z.strictObject({ n: z.number(), of: z.number(), whole: WireMoney }).nullable(),
  /** The bank changed the amount after the user split it. */
  splitChanged: z.boolean()
})
export type WireTransaction = z.infer<typeof WireTransaction>

/** A document that Jiko asked for; `reason` says in our words why one has to be sent again. */
export const WireDocument = z.strictObject({
  type: z.string(),
  status: z.string(),
  reason: z.string().nullable()
})
export type WireDocument = z.infer<typeof WireDocument>
export const WireDocuments = z.strictObject({
  status: z.string().nullable(),
  documents: z.array(WireDocument)
})
export type WireDocuments = z.infer<typeof WireDocuments>

/** The user's own Jiko account; POST /api/v1/account/portals answers the full numbers. */
export const WireBankAccount = z.strictObject({
  id: z.string(),
  name: z.string(),
  status: z.string(),
  balance: WireMoney.nullable(),
  balanceAt: z.string().nullable(),
  accountNumberLast4: z.string().nullable(),
  routingNumberLast4: z.string().nullable()
})
export type WireBankAccount = z.infer<typeof WireBankAccount>
export const WirePortal = z.strictObject({ routingNumber: z.string(), accountNumber: z.string() })
export type WirePortal = z.infer<typeof WirePortal>
export const WirePortals = z.strictObject({ portals: z.array(WirePortal) })

const linkToken = {
  linkToken: z.string(),
  linkScriptUrl: z.string().nullable(),
  expiresAt: z.string(),
  visit: z.string()
}
/** `visit` is our id of the Link session, for resuming it and for reporting how it ended. */
export const WireLinkToken = z.strictObject(linkToken)
export type WireLinkToken = z.infer<typeof WireLinkToken>
const linkSession = { purpose: z.enum(['link', 'relink']), connectionId: z.string().nullable() }
/** The Link session that a bank's own page came back from; null where there is none. */
export const WireResumed = z.discriminatedUnion('over', [
  z.strictObject({ ...linkToken, over: z.literal(false), ...linkSession }),
  z.strictObject({ over: z.literal(true), ...linkSession })
])
export type WireResumed = z.infer<typeof WireResumed>
export const WireRelinked = z.strictObject({ status: z.string() })
export type WireRelinked = z.infer<typeof WireRelinked>
export const WireDisconnected = z.strictObject({
  outcome: z.enum(['disconnected', 'disconnecting'])
})
export type WireDisconnected = z.infer<typeof WireDisconnected>
/** A disconnected bank whose history was kept. */
export type WirePastConnection = {
  id: string
  institutionName: string
  removedAt: string
  transactions: number
}
/** How long to wait before the bank may be asked again. */
export const WireCheck = z.strictObject({ restMs: z.number() })
export type WireCheck = z.infer<typeof WireCheck>
export const WireLinked = z.strictObject({
  connectionId: z.string(),
  outcome: z.enum(['linked', 'already_linked'])
})
export type WireLinked = z.infer<typeof WireLinked>

/** One message of the stream at /api/v1/events. */
export type WireChange = { version: number }

/** The progress of a deletion. Only the user who asked knows the id: at the end there is no login left to ask with. */
export const WireDeletion = z.strictObject({
  id: z.string(),
  status: z.enum(JOB_STATUSES),
  steps: z.array(
    z.strictObject({
      step: z.enum(DELETION_STEPS),
      state: z.enum(STEP_STATES),
      doneAt: z.string().nullable()
    })
  ),
  /** What the deletion waits for, and when it is tried again. */
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
export type WireDeletion = z.infer<typeof WireDeletion>
