/** Sign-up: user data first, then a code by e-mail, then the user is created. */
import type { Hono } from 'hono'
import { identifierTaken, invalidValue, missingParam, notFound } from '@/sandbox/clerk/errors'
import { attemptCode, requireEmail, sendCode } from '@/sandbox/clerk/factors/codes'
import { trustDevice } from '@/sandbox/clerk/factors/device-trust'
import { hashPassword, requireValidPassword } from '@/sandbox/clerk/factors/passwords'
import {
  type Caller,
  ensureClient,
  metadata,
  type Params,
  passwordParam,
  respondWithClient,
  route,
  text
} from '@/sandbox/clerk/frontend/caller'
import { refuseSecondSession } from '@/sandbox/clerk/frontend/sessions'
import { acceptTicket, invitedAddress } from '@/sandbox/clerk/frontend/tickets'
import type { Instance } from '@/sandbox/clerk/instance'
import type { SignUpRecord } from '@/sandbox/clerk/records'
import { signUpShape } from '@/sandbox/clerk/resources'
import { requireMaySignUp } from '@/sandbox/clerk/restrictions'
import { createUser, findByEmail, startSession, verified } from '@/sandbox/clerk/users'

const DAY = 24 * 3_600_000

export function addSignUps(app: Hono, instance: Instance): void {
  route(app, instance, 'POST', '/v1/client/sign_ups', (c, caller, params) => {
    refuseSecondSession(instance, caller)
    const client = ensureClient(instance, caller)
    const signUp = fill(instance, blank(instance, client.id), params)
    complete(instance, caller, signUp)
    instance.records.signUps.put(signUp)
    if (!signUp.createdUserId)
      instance.records.clients.put(Object.assign(client, { signUpId: signUp.id }))
    return respondWithClient(c, instance, caller, signUpShape(signUp))
  })
  route(app, instance, 'GET', '/v1/client/sign_ups/:id', (c, caller) => {
    const signUp = ownSignUp(instance, caller, c.req.param('id'))
    return respondWithClient(c, instance, caller, signUpShape(signUp))
  })
  route(app, instance, 'PATCH', '/v1/client/sign_ups/:id', (c, caller, params) => {
    const signUp = fill(instance, ownSignUp(instance, caller, c.req.param('id')), params)
    complete(instance, caller, signUp)
    instance.records.signUps.put(signUp)
    return respondWithClient(c, instance, caller, signUpShape(signUp))
  })
  /** A POST that verifies the e-mail address of the caller's sign-up by a code. */
  const addStep = (
    name: string,
    change: (caller: Caller, signUp: SignUpRecord, params: Params) => void
  ) =>
    route(app, instance, 'POST', `/v1/client/sign_ups/:id/${name}`, (c, caller, params) => {
      const signUp = ownSignUp(instance, caller, c.req.param('id'))
      if (text(params, 'strategy') !== 'email_code') throw invalidValue('strategy')
      change(caller, signUp, params)
      instance.records.signUps.put(signUp)
      return respondWithClient(c, instance, caller, signUpShape(signUp))
    })
  addStep('prepare_verification', (_, signUp) => sendEmailCode(instance, signUp))
  addStep('attempt_verification', (caller, signUp, params) => {
    attemptCode(instance, signUp.verification, text(params, 'code'), () =>
      instance.records.signUps.put(signUp)
    )
    complete(instance, caller, signUp)
  })
}

const blank = (instance: Instance, clientId: string): SignUpRecord => ({
  id: `sua_${instance.ids.text('sign-up', 27)}`,
  clientId,
  email: null,
  passwordHash: null,
  firstName: null,
  lastName: null,
  unsafeMetadata: {},
  verification: null,
  locale: null,
  createdSessionId: null,
  createdUserId: null,
  abandonAt: instance.now() + DAY
})

/** Stores the form fields; a changed address needs a new code. */
function fill(instance: Instance, signUp: SignUpRecord, params: Params): SignUpRecord {
  acceptTicketParam(instance, signUp, params)
  const email = text(params, 'email_address')
  const password = passwordParam(params, 'password')
  if (email) {
    const address = requireEmail(email)
    if (findByEmail(instance, address)) throw identifierTaken()
    if (!signUp.ticket) requireMaySignUp(instance, address)
    if (address !== signUp.email) Object.assign(signUp, { email: address, verification: null })
  }
  if (password) {
    requireValidPassword(password)
    signUp.passwordHash = hashPassword(password)
  }
  signUp.firstName = text(params, 'first_name') ?? signUp.firstName
  signUp.lastName = text(params, 'last_name') ?? signUp.lastName
  signUp.locale = text(params, 'locale') ?? signUp.locale
  signUp.unsafeMetadata = metadata(params, 'unsafe_metadata') ?? signUp.unsafeMetadata
  // A strategy sends the code at once.
  if (text(params, 'strategy') === 'email_code' && !signUp.verification)
    sendEmailCode(instance, signUp)
  return signUp
}

/** An invitation's link proves the address, so no code is sent. */
function acceptTicketParam(instance: Instance, signUp: SignUpRecord, params: Params): void {
  const ticket = text(params, 'ticket')
  if (!ticket) return
  const email = invitedAddress(instance, ticket)
  if (findByEmail(instance, email)) throw identifierTaken()
  Object.assign(signUp, { ticket, email, verification: verified('ticket') })
}

function sendEmailCode(instance: Instance, signUp: SignUpRecord): void {
  if (!signUp.email) throw missingParam('email_address')
  signUp.verification = sendCode(instance, signUp.email, 'sign_up', 'email_code')
}

function complete(instance: Instance, caller: Caller, signUp: SignUpRecord): void {
  if (
    !signUp.email ||
    !signUp.passwordHash ||
    signUp.verification?.status !== 'verified' ||
    signUp.createdUserId
  )
    return
  // Another sign-up may have taken the same address since this one began.
  if (findByEmail(instance, signUp.email)) throw identifierTaken()
  const { firstName, lastName, passwordHash, unsafeMetadata, email } = signUp
  const user = createUser(instance, {
    firstName,
    lastName,
    passwordHash,
    unsafeMetadata,
    externalId: signUp.externalId ?? null,
    emails: [{ address: email, verification: verified(signUp.verification.strategy) }]
  })
  if (signUp.ticket) acceptTicket(instance, signUp.ticket, user)
  const session = startSession(instance, ensureClient(instance, caller), user, {
    userAgent: caller.userAgent,
    strategy: 'email_code'
  })
  trustDevice(instance, caller.devBrowser, user)
  Object.assign(signUp, {
    createdUserId: user.id,
    createdSessionId: session.id,
    verification: verified('email_code'),
    passwordHash: 'kept by the user'
  })
}

function ownSignUp(instance: Instance, caller: Caller, id: string | undefined): SignUpRecord {
  const signUp = instance.records.signUps.get(id ?? '')
  if (!signUp || signUp.clientId !== caller.client?.id || signUp.abandonAt <= instance.now())
    throw notFound('sign up attempt')
  return signUp
}
