/**
 * Reverification: a signed-in user verifies again; the session token carries the factor
 * verification age.
 */
import type { Hono } from 'hono'
import { invalidValue, reverificationRequired, verificationMissing } from '@/sandbox/clerk/errors'
import { firstFactors, hasTotp, secondFactors } from '@/sandbox/clerk/factors/factors'
import { type Params, respondWithClient, route, text } from '@/sandbox/clerk/frontend/caller'
import {
  prepareByEmail,
  requireFirstFactor,
  requireSecondFactor
} from '@/sandbox/clerk/frontend/factor-checks'
import { liveSession } from '@/sandbox/clerk/frontend/sessions'
import type { Instance } from '@/sandbox/clerk/instance'
import type {
  ReverificationLevel,
  ReverificationRecord,
  SessionRecord,
  UserRecord
} from '@/sandbox/clerk/records'
import { factorAges, sessionShape } from '@/sandbox/clerk/resources'
import { verificationShape } from '@/sandbox/clerk/user-shapes'
import { getUser } from '@/sandbox/clerk/users'

const LEVELS: readonly string[] = ['first_factor', 'second_factor', 'multi_factor']
const MAX_AGE_MINUTES = 10

const BASE = '/v1/client/sessions/:id/verify'

type Step = (session: SessionRecord, user: UserRecord, params: Params) => void

/** A route that changes the reverification of a session and answers with it. */
const addStep = (app: Hono, instance: Instance, path: string, run: Step) =>
  route(app, instance, 'POST', `${BASE}${path}`, (c, caller, params) => {
    const session = liveSession(instance, caller, c.req.param('id'))
    run(session, getUser(instance, session.userId), params)
    instance.records.sessions.put(session)
    return respondWithClient(
      c,
      instance,
      caller,
      reverificationShape(instance, session, caller.origin)
    )
  })

export function addReverification(app: Hono, instance: Instance): void {
  const step = (path: string, run: Step) => addStep(app, instance, path, run)

  step('', (session, user, params) => {
    session.reverification = startReverification(
      instance,
      user,
      text(params, 'level') ?? 'first_factor'
    )
  })
  step('/prepare_first_factor', (session, user, params) => {
    const strategy = text(params, 'strategy')
    if (strategy !== 'email_code') throw invalidValue('strategy')
    pendingReverification(session, 'needs_first_factor').first = prepareByEmail(instance, user, {
      emailId: text(params, 'email_address_id'),
      purpose: 'reverification',
      strategy
    })
  })
  step('/attempt_first_factor', (session, user, params) => {
    const record = pendingReverification(session, 'needs_first_factor')
    if (!['password', 'email_code'].includes(text(params, 'strategy') ?? ''))
      throw invalidValue('strategy')
    record.first = requireFirstFactor(instance, user, record.first, params, () =>
      instance.records.sessions.put(session)
    )
    session.firstFactorAt = instance.now()
    record.status =
      record.level === 'multi_factor' && hasTotp(user) ? 'needs_second_factor' : 'complete'
  })
  step('/attempt_second_factor', (session, user, params) => {
    const record = pendingReverification(session, 'needs_second_factor')
    record.second = requireSecondFactor(instance, user, params)
    session.secondFactorAt = instance.now()
    record.status = 'complete'
  })
}

/**
 * Requires a recent verification before a change of sign-in methods, as the hosted service does.
 */
export function requireReverification(instance: Instance, session: SessionRecord): void {
  const [first, second] = factorAges(instance, session)
  // Without an authenticator app, the second age is that of the code for a new device.
  const age = second === -1 || !hasTotp(getUser(instance, session.userId)) ? first : second
  if (age === -1 || age >= MAX_AGE_MINUTES) throw reverificationRequired()
}

/** Without a second factor, the first one is enough. */
function startReverification(
  instance: Instance,
  user: UserRecord,
  level: string
): ReverificationRecord {
  if (!LEVELS.includes(level)) throw invalidValue('level')
  return {
    id: `sver_${instance.ids.text('reverification', 27)}`,
    level: level as ReverificationLevel,
    status:
      level === 'second_factor' && hasTotp(user) ? 'needs_second_factor' : 'needs_first_factor',
    first: null,
    second: null
  }
}

function pendingReverification(
  session: SessionRecord,
  status: ReverificationRecord['status']
): ReverificationRecord {
  if (session.reverification?.status !== status) throw verificationMissing()
  return session.reverification
}

function reverificationShape(
  instance: Instance,
  session: SessionRecord,
  azp: string | undefined
): object {
  const record = session.reverification
  const user = getUser(instance, session.userId)
  return {
    object: 'session_verification',
    id: record?.id,
    status: record?.status,
    level: record?.level,
    session: sessionShape(instance, session, azp),
    supported_first_factors: firstFactors(user),
    supported_second_factors: hasTotp(user) ? secondFactors(user) : null,
    first_factor_verification: verificationShape(record?.first ?? null),
    second_factor_verification: verificationShape(record?.second ?? null)
  }
}
