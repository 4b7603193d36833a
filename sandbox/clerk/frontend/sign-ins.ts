/**
 * Sign-in by password, e-mail code or ticket, with the second factor where set up, and the password
 * reset.
 */
import type { Hono } from 'hono'
import {
  apiError,
  identifierNotFound,
  invalidValue,
  notFound,
  verificationMissing
} from '@/sandbox/clerk/errors'
import { requireEmail } from '@/sandbox/clerk/factors/codes'
import {
  type Caller,
  ensureClient,
  type Params,
  passwordParam,
  respondWithClient,
  route,
  text
} from '@/sandbox/clerk/frontend/caller'
import { prepareByEmail } from '@/sandbox/clerk/frontend/factor-checks'
import { refuseSecondSession } from '@/sandbox/clerk/frontend/sessions'
import {
  attempt,
  checkSecondFactor,
  completeSignIn,
  ownerOf,
  prepare,
  resetPassword
} from '@/sandbox/clerk/frontend/sign-in-steps'
import { redeemTicket } from '@/sandbox/clerk/frontend/tickets'
import type { Instance } from '@/sandbox/clerk/instance'
import type { SignInRecord } from '@/sandbox/clerk/records'
import { signInShape } from '@/sandbox/clerk/resources'
import { findByEmail } from '@/sandbox/clerk/users'

const DAY = 24 * 3_600_000

type Step = (caller: Caller, signIn: SignInRecord, params: Params) => void

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
  route(app, instance, 'GET', '/v1/client/sign_ins/:id', (c, caller) => {
    const signIn = ownSignIn(instance, caller, c.req.param('id'))
    return respondWithClient(c, instance, caller, signInShape(instance, signIn))
  })
  /** A POST that changes the caller's sign-in, stores it and returns it. */
  const addStep = (name: string, change: Step) =>
    route(app, instance, 'POST', `/v1/client/sign_ins/:id/${name}`, (c, caller, params) => {
      const signIn = ownSignIn(instance, caller, c.req.param('id'))
      change(caller, signIn, params)
      instance.records.signIns.put(signIn)
      return respondWithClient(c, instance, caller, signInShape(instance, signIn))
    })
  addStep('prepare_first_factor', (_, signIn, params) => prepare(instance, signIn, params))
  addStep('attempt_first_factor', (caller, signIn, params) =>
    attempt(instance, caller, signIn, params)
  )
  addStep('prepare_second_factor', (_, signIn, params) =>
    prepareSecondFactor(instance, signIn, params)
  )
  addStep('attempt_second_factor', (caller, signIn, params) => {
    const user = ownerOf(instance, signIn)
    signIn.secondVerification = checkSecondFactor(instance, signIn, user, params)
    completeSignIn(instance, caller, signIn, user, signIn.verification?.strategy ?? 'password')
  })
  addStep('reset_password', (caller, signIn, params) =>
    resetPassword(instance, caller, signIn, params)
  )
}

/** Only a code by e-mail, for a device that is not trusted, has to be prepared. */
function prepareSecondFactor(instance: Instance, signIn: SignInRecord, params: Params): void {
  if (signIn.status !== 'needs_client_trust') throw verificationMissing()
  if (text(params, 'strategy') !== 'email_code') throw invalidValue('strategy')
  signIn.secondVerification = prepareByEmail(instance, ownerOf(instance, signIn), {
    emailId: text(params, 'email_address_id'),
    purpose: 'sign_in',
    strategy: 'email_code'
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
    const { user, ...impersonation } = redeemTicket(instance, text(params, 'ticket'))
    completeSignIn(instance, caller, signIn, user, 'ticket', impersonation)
    return signIn
  }
  const identifier = text(params, 'identifier')
  if (!identifier) return signIn
  const address = requireEmail(identifier, 'identifier')
  const user = findByEmail(instance, address)
  if (!user) throw identifierNotFound()
  Object.assign(signIn, { status: 'needs_first_factor', userId: user.id, identifier: address })
  const password = passwordParam(params, 'password')
  if (password) attempt(instance, caller, signIn, { strategy: 'password', password })
  else if (text(params, 'strategy')?.endsWith('email_code')) prepare(instance, signIn, params)
  return signIn
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
