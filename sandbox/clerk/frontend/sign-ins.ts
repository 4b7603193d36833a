/**
 * Sign-in by password, e-mail code or ticket, with the second factor where set up, and the password
 * reset.
 */
import type { Hono } from 'hono'
import { requireEmail } from '@/sandbox/clerk/codes'
import { apiError, invalidValue, notFound, verificationMissing } from '@/sandbox/clerk/errors'
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
  redeemTicket,
  resetPassword
} from '@/sandbox/clerk/frontend/sign-in-steps'
import type { Instance } from '@/sandbox/clerk/instance'
import type { SignInRecord } from '@/sandbox/clerk/records'
import { signInShape } from '@/sandbox/clerk/resources'
import { findByEmail } from '@/sandbox/clerk/users'

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
