/** Requests and responses of /api/v1/admin. */
import { z } from 'zod'
import { listOf, pageOf } from '@/lib/api/responses'
import { JOB_KINDS } from '@/lib/domain/jobs/job'
import { FUNNEL_STEPS } from '@/lib/domain/onboarding/funnel'

const reason = z
  .string()
  .trim()
  .min(5, 'Give a short reason')
  .max(300, 'Shorten it to 300 characters')
const text = z.string().trim().max(200).default('')

/** The period of the onboarding report. */
export const OnboardingQuery = z.object({
  days: z.coerce.number().int().min(1).max(366).default(30)
})

/** Counts without personal data, and the users who are stuck. */
export const WireOnboarding = z.strictObject({
  steps: z.array(
    z.strictObject({
      step: z.enum(FUNNEL_STEPS),
      entered: z.number(),
      done: z.number(),
      left: z.number(),
      medianSeconds: z.number().nullable()
    })
  ),
  cohorts: z.array(
    z.strictObject({
      day: z.string(),
      signedUp: z.number(),
      submitted: z.number(),
      accountOpen: z.number(),
      bankLinked: z.number()
    })
  ),
  linkErrors: z.array(
    z.strictObject({ institution: z.string(), code: z.string(), count: z.number() })
  ),
  stuck: z.array(
    z.strictObject({
      userId: z.string(),
      step: z.enum(FUNNEL_STEPS),
      status: z.string().nullable(),
      since: z.string(),
      reason: z.string(),
      nextAction: z.string()
    })
  )
})
export type OnboardingReport = z.infer<typeof WireOnboarding>

/** Every admin action requires a reason. */
export const AdminActionInput = z.strictObject({ reason })
export const RetryJobInput = z.strictObject({
  kind: z.enum(JOB_KINDS),
  id: z.string().max(100),
  reason
})
export const AdminPageQuery = z.object({
  q: text,
  cursor: z.string().max(300).nullable().default(null)
})

const word = z.string().nullable()
const failure = { service: word, code: word }

export const WireAuditPage = pageOf(
  z.strictObject({
    id: z.string(),
    actorKind: z.string(),
    actorId: z.string(),
    userId: word,
    action: z.string(),
    outcome: z.string(),
    subject: word,
    sessionId: word,
    network: word,
    reason: word,
    at: z.string()
  })
)
const person = z.strictObject({
  id: z.string(),
  email: word,
  createdAt: z.string(),
  applicationStatus: word,
  accountStatus: word,
  connections: z.number(),
  broken: z.number(),
  deletion: word,
  /** Since when transfers are locked. */
  lockedAt: word,
  /** How many admins approved the removal within a day. */
  approvals: z.number()
})
export const WirePeople = pageOf(person)

export const WireTrail = z.strictObject({
  person,
  connections: z.array(
    z.strictObject({
      id: z.string(),
      itemId: z.string(),
      linkSessionId: word,
      institutionName: z.string(),
      status: z.string(),
      errorType: word,
      errorCode: word,
      lastSyncedAt: word,
      gone: z.boolean(),
      quarantined: z.number()
    })
  ),
  linkEvents: z.array(
    z.strictObject({
      id: z.string(),
      type: z.string(),
      status: word,
      errorType: word,
      errorCode: word,
      requestId: word,
      linkSessionId: word,
      itemId: word,
      institutionId: word,
      at: z.string()
    })
  ),
  calls: z.array(
    z.strictObject({
      id: z.string(),
      service: z.string(),
      method: z.string(),
      requestId: word,
      errorType: word,
      errorCode: word,
      durationMs: z.number(),
      at: z.string()
    })
  ),
  runs: z.array(
    z.strictObject({
      id: z.string(),
      trigger: z.string(),
      status: z.string(),
      attempts: z.number(),
      ...failure,
      at: z.string()
    })
  ),
  deliveries: z.array(
    z.strictObject({
      id: z.string(),
      vendor: z.string(),
      type: word,
      eventCode: word,
      status: z.string(),
      attempts: z.number(),
      code: word,
      at: z.string()
    })
  ),
  audit: z.array(
    z.strictObject({ id: z.string(), actor: z.string(), action: z.string(), at: z.string() })
  )
})

export const WireFailedJobs = listOf(
  z.strictObject({
    kind: z.enum(JOB_KINDS),
    id: z.string(),
    userId: word,
    what: z.string(),
    status: z.string(),
    attempts: z.number(),
    ...failure,
    runAt: z.string(),
    at: z.string()
  })
)
export const WireVendors = listOf(
  z.strictObject({
    service: z.string(),
    calls: z.number(),
    failures: z.number(),
    slowestMs: z.number(),
    lastSuccessAt: word,
    lastFailureAt: word,
    lastWebhookAt: word,
    errors: z.array(z.strictObject({ code: z.string(), count: z.number() }))
  })
)
/**
 * The deletion's id, for reading its progress; null while `missing` other admins have to approve.
 */
export const WireRemoval = z.strictObject({ id: word, missing: z.number() })
