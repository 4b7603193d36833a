/**
 * Sign-in by password, e-mail code or ticket, with the second factor where set up, and the password
 * reset.
 */
import type { Hono } from 'hono'
import { attemptCode, requireEmail } from '@/sandbox/clerk/codes'
import { needsDeviceTrust, trustDevice } from '@/sandbox/clerk/device-trust'
import {
  apiError,
  invalidValue,
  missingParam,
  notFound,
  userBanned,
  verificationMissing
} from '@/sandbox/clerk/errors'
import { hasTotp, RESET } from '@/sandbox/clerk/factors'
import {
  type Caller,
  ensureClient,
  type Params,
  passwordParam,
  respondWithClient,
  route,
  text
} from '@/sandbox/clerk/frontend/caller'
import {
  prepareByEmail,
  requireFirstFactor,
  requireSecondFactor
} from '@/sandbox/clerk/frontend/factor-checks'
import { refuseSecondSession } from '@/sandbox/clerk/frontend/sessions'
import type { Instance } from '@/sandbox/clerk/instance'
import { hashPassword, requireValidPassword } from '@/sandbox/clerk/passwords'
import type { SignInRecord, UserRecord, Verification } from '@/sandbox/clerk/records'
import { signInShape } from '@/sandbox/clerk/resources'
import {
  endSession,
  findByEmail,
  getUser,
  saveUser,
  startSession,
  verified
} from '@/sandbox/clerk/users'

const DAY = 24 * 3_600_000

export function addSignIns(app: Hono, instance: Instance): void {
  route(app, instance, 'POST', '/v1/client/sign_ins', (c, caller, params) => {
    refuseSecondSession(instance, caller)
    const signIn = startSignIn(instance, caller, params)
    instance.records.signIns.put(signIn)
    if (signIn.status !== 'complete')
      instance.records.clients.put(
        Object.assign(ensureClient(instance, caller), { signInId: signIn.id })
      )
    return respondWithClient(c, instance, caller, signInShape(instance, signIn))
  })
  route(app, instance, 'GET', '/v1/client/sign_ins/:id', (c, caller) =>
    respondWithClient(
      c,
      instance,
      caller,
      signInShape(instance, ownSignIn(instance, caller, c.req.param('id')))
    )
  )
  route(
    app,
    instance,
    'POST',
    '/v1/client/sign_ins/:id/prepare_first_factor',
    (c, caller, params) => {
      const signIn = ownSignIn(instance, caller, c.req.param('id'))
      prepare(instance, signIn, params)
      return respondWithClient(
        c,
        instance,
        caller,
        signInShape(instance, instance.records.signIns.put(signIn))
      )
    }
  )
  route(
    app,
    instance,
    'POST',
    '/v1/client/sign_ins/:id/attempt_first_factor',
    (c, caller, params) => {
      const signIn = ownSignIn(instance, caller, c.req.param('id'))
      attempt(instance, caller, signIn, params)
      return respondWithClient(
        c,
        instance,
        caller,
        signInShape(instance, instance.records.signIns.put(signIn))
      )
    }
  )
  route(
    app,
    instance,
    'POST',
    '/v1/client/sign_ins/:id/prepare_second_factor',
    (c, caller, params) => {
      const signIn = ownSignIn(instance, caller, c.req.param('id'))
      if (signIn.status !== 'needs_client_trust') throw verificationMissing()
      if (text(params, 'strategy') !== 'email_code') throw invalidValue('strategy')
      const emailId = text(params, 'email_address_id')
      signIn.secondVerification = prepareByEmail(instance, ownerOf(instance, signIn), {
        emailId,
        purpose: 'sign_in',
        strategy: 'email_code'
      })
      return respondWithClient(
        c,
        instance,
        caller,
        signInShape(instance, instance.records.signIns.put(signIn))
      )
    }
  )
  route(
    app,
    instance,
    'POST',
    '/v1/client/sign_ins/:id/attempt_second_factor',
    (c, caller, params) => {
      const signIn = ownSignIn(instance, caller, c.req.param('id'))
      const user = ownerOf(instance, signIn)
      signIn.secondVerification = checkSecondFactor(instance, signIn, user, params)
      completeSignIn(instance, caller, signIn, user, signIn.verification?.strategy ?? 'password')
      return respondWithClient(
        c,
        instance,
        caller,
        signInShape(instance, instance.records.signIns.put(signIn))
      )
    }
  )
  route(app, instance, 'POST', '/v1/client/sign_ins/:id/reset_password', (c, caller, params) => {
    const signIn = ownSignIn(instance, caller, c.req.param('id'))
    resetPassword(instance, caller, signIn, params)
    return respondWithClient(
      c,
      instance,
      caller,
      signInShape(instance, instance.records.signIns.put(signIn))
    )
  })
}

function startSignIn(instance: Instance, caller: Caller, params: Params): SignInRecord {
  const client = ensureClient(instance, caller)
  const signIn: SignInRecord = {
    id: `sia_${instance.ids.text('sign-in', 27)}`,
    clientId: client.id,
    status: 'needs_identifier',
    userId: null,
    identifier: null,
    verification: null,
    secondVerification: null,
    createdSessionId: null,
    abandonAt: instance.now() + DAY
  }
  if (text(params, 'strategy') === 'ticket') {
    completeSignIn(
      instance,
      caller,
      signIn,
      redeemTicket(instance, text(params, 'ticket')),
      'ticket'
    )
    return signIn
  }
  const identifier = text(params, 'identifier')
  if (!identifier) return signIn
  const address = requireEmail(identifier, 'identifier')
  const user = findByEmail(instance, address)
  if (!user)
    throw apiError(
      422,
      'form_identifier_not_found',
      "Couldn't find your account.",
      undefined,
      'identifier'
    )
  Object.assign(signIn, { status: 'needs_first_factor', userId: user.id, identifier: address })
  const password = passwordParam(params, 'password')
  if (password) attempt(instance, caller, signIn, { strategy: 'password', password })
  else if (text(params, 'strategy')?.endsWith('email_code')) prepare(instance, signIn, params)
  return signIn
}

function prepare(instance: Instance, signIn: SignInRecord, params: Params): void {
  const strategy = text(params, 'strategy')
  if (strategy !== 'email_code' && strategy !== RESET) throw invalidValue('strategy')
  const user = ownerOf(instance, signIn)
  const emailId =
    text(params, 'email_address_id') ?? user.emails.find((e) => e.address === signIn.identifier)?.id
  signIn.verification = prepareByEmail(instance, user, {
    emailId,
    purpose: strategy === RESET ? 'reset_password' : 'sign_in',
    strategy
  })
}

function attempt(instance: Instance, caller: Caller, signIn: SignInRecord, params: Params): void {
  const user = ownerOf(instance, signIn)
  const done = requireFirstFactor(instance, user, signIn.verification, params, () =>
    instance.records.signIns.put(signIn)
  )
  if (done.strategy === RESET) signIn.status = 'needs_new_password'
  else completeFirstFactor(instance, caller, signIn, user, done.strategy)
}

function resetPassword(
  instance: Instance,
  caller: Caller,
  signIn: SignInRecord,
  params: Params
): void {
  if (signIn.status !== 'needs_new_password')
    throw apiError(400, 'verification_missing', 'Verification missing')
  const password = passwordParam(params, 'password')
  if (!password) throw missingParam('password')
  requireValidPassword(password)
  const user = ownerOf(instance, signIn)
  user.passwordHash = hashPassword(password)
  saveUser(instance, user)
  if (params.sign_out_of_other_sessions === 'true')
    for (const session of instance.records.sessions.filter((s) => s.userId === user.id))
      endSession(instance, session, 'revoked')
  completeFirstFactor(instance, caller, signIn, user, RESET)
}

function checkSecondFactor(
  instance: Instance,
  signIn: SignInRecord,
  user: UserRecord,
  params: Params
): Verification {
  if (signIn.status === 'needs_second_factor') return requireSecondFactor(instance, user, params)
  if (signIn.status !== 'needs_client_trust') throw verificationMissing()
  if (text(params, 'strategy') !== 'email_code') throw invalidValue('strategy')
  attemptCode(instance, signIn.secondVerification, text(params, 'code'), () =>
    instance.records.signIns.put(signIn)
  )
  return verified('email_code')
}

/** Starts the session, unless a second factor or the code for a new device is still required. */
function completeFirstFactor(
  instance: Instance,
  caller: Caller,
  signIn: SignInRecord,
  user: UserRecord,
  strategy: string
): void {
  signIn.verification = verified(strategy)
  if (hasTotp(user)) signIn.status = 'needs_second_factor'
  else if (strategy === 'password' && needsDeviceTrust(instance, caller.devBrowser, user))
    signIn.status = 'needs_client_trust'
  else completeSignIn(instance, caller, signIn, user, strategy)
}

function completeSignIn(
  instance: Instance,
  caller: Caller,
  signIn: SignInRecord,
  user: UserRecord,
  strategy: string
): void {
  if (user.banned) throw userBanned()
  const secondFactor = signIn.secondVerification !== null
  const session = startSession(instance, ensureClient(instance, caller), user, {
    userAgent: caller.userAgent,
    strategy,
    secondFactor
  })
  trustDevice(instance, caller.devBrowser, user)
  Object.assign(signIn, {
    status: 'complete',
    userId: user.id,
    verification: signIn.verification ?? verified(strategy),
    createdSessionId: session.id
  })
}

function redeemTicket(instance: Instance, token: string | undefined): UserRecord {
  const ticket = instance.records.tickets.find((t) => t.token === token)
  if (!ticket || ticket.status === 'revoked')
    throw apiError(
      400,
      'ticket_invalid_code',
      'Ticket is invalid',
      'The ticket is invalid.',
      'ticket'
    )
  if (ticket.status === 'accepted')
    throw apiError(
      400,
      'sign_in_token_already_used_code',
      'Sign in token already used',
      'This sign in token has already been used.'
    )
  if (ticket.expireAt <= instance.now())
    throw apiError(
      400,
      'ticket_expired_code',
      'Ticket is expired',
      'The ticket has expired.',
      'ticket'
    )
  instance.records.tickets.put({ ...ticket, status: 'accepted', updatedAt: instance.now() })
  return getUser(instance, ticket.userId)
}

function ownerOf(instance: Instance, signIn: SignInRecord): UserRecord {
  const user = signIn.userId ? instance.records.users.get(signIn.userId) : undefined
  if (!user)
    throw apiError(
      422,
      'form_identifier_not_found',
      "Couldn't find your account.",
      undefined,
      'identifier'
    )
  return user
}

function ownSignIn(instance: Instance, caller: Caller, id: string | undefined): SignInRecord {
  const signIn = instance.records.signIns.get(id ?? '')
  if (!signIn || signIn.clientId !== caller.client?.id || signIn.abandonAt <= instance.now())
    throw notFound('sign in attempt')
  if (signIn.status === 'complete')
    throw apiError(
      400,
      'verification_already_verified',
      'This verification has already been verified.'
    )
  return signIn
}
