/** Sign-in by password, e-mail code or ticket, and the password reset that runs through it. */
import type { Hono } from 'hono'
import { endSession, findByEmail, getUser, saveUser, startSession } from '../accounts'
import { attemptCode, requireEmail, sendCode } from '../codes'
import { invalidValue, missingParam, notFound, refusal, userBanned } from '../errors'
import type { Instance } from '../instance'
import { hashPassword, passwordIncorrect, passwordMatches, requireGoodPassword } from '../passwords'
import type { SignInRecord, UserRecord } from '../records'
import { signInShape } from '../resources'
import { type Caller, ensureClient, type Params, piggyback, route, secretText, text } from './caller'
import { refuseSecondSession } from './sessions'

const DAY = 24 * 3_600_000
const RESET = 'reset_password_email_code'

export function addSignIns(app: Hono, instance: Instance): void {
  route(app, instance, 'POST', '/v1/client/sign_ins', (c, caller, params) => {
    refuseSecondSession(instance, caller)
    const signIn = begin(instance, caller, params)
    instance.records.signIns.put(signIn)
    if (signIn.status !== 'complete') instance.records.clients.put(Object.assign(ensureClient(instance, caller), { signInId: signIn.id }))
    return piggyback(c, instance, caller, signInShape(instance, signIn))
  })
  route(app, instance, 'GET', '/v1/client/sign_ins/:id', (c, caller) =>
    piggyback(c, instance, caller, signInShape(instance, ownSignIn(instance, caller, c.req.param('id'))))
  )
  route(app, instance, 'POST', '/v1/client/sign_ins/:id/prepare_first_factor', (c, caller, params) => {
    const signIn = ownSignIn(instance, caller, c.req.param('id'))
    prepare(instance, signIn, params)
    return piggyback(c, instance, caller, signInShape(instance, instance.records.signIns.put(signIn)))
  })
  route(app, instance, 'POST', '/v1/client/sign_ins/:id/attempt_first_factor', (c, caller, params) => {
    const signIn = ownSignIn(instance, caller, c.req.param('id'))
    attempt(instance, caller, signIn, params)
    return piggyback(c, instance, caller, signInShape(instance, instance.records.signIns.put(signIn)))
  })
  route(app, instance, 'POST', '/v1/client/sign_ins/:id/reset_password', (c, caller, params) => {
    const signIn = ownSignIn(instance, caller, c.req.param('id'))
    resetPassword(instance, caller, signIn, params)
    return piggyback(c, instance, caller, signInShape(instance, instance.records.signIns.put(signIn)))
  })
}

function begin(instance: Instance, caller: Caller, params: Params): SignInRecord {
  const client = ensureClient(instance, caller)
  const signIn: SignInRecord = {
    id: `sia_${instance.ids.text('sign-in', 27)}`,
    clientId: client.id,
    status: 'needs_identifier',
    userId: null,
    identifier: null,
    verification: null,
    createdSessionId: null,
    abandonAt: instance.now() + DAY
  }
  if (text(params, 'strategy') === 'ticket') {
    finish(instance, caller, signIn, redeemTicket(instance, text(params, 'ticket')), 'ticket')
    return signIn
  }
  const identifier = text(params, 'identifier')
  if (!identifier) return signIn
  const address = requireEmail(identifier, 'identifier')
  const user = findByEmail(instance, address)
  if (!user) throw refusal(422, 'form_identifier_not_found', "Couldn't find your account.", undefined, 'identifier')
  Object.assign(signIn, { status: 'needs_first_factor', userId: user.id, identifier: address })
  const password = secretText(params, 'password')
  if (password) attempt(instance, caller, signIn, { strategy: 'password', password })
  else if (text(params, 'strategy')?.endsWith('email_code')) prepare(instance, signIn, params)
  return signIn
}

function prepare(instance: Instance, signIn: SignInRecord, params: Params): void {
  const strategy = text(params, 'strategy')
  if (strategy !== 'email_code' && strategy !== RESET) throw invalidValue('strategy')
  const user = ownerOf(instance, signIn)
  const wanted = text(params, 'email_address_id') ?? user.emails.find((e) => e.address === signIn.identifier)?.id
  const email = user.emails.find((e) => e.id === wanted && e.verification?.status === 'verified')
  if (!email) throw invalidValue('email_address_id')
  signIn.verification = sendCode(instance, email.address, strategy === RESET ? 'reset_password' : 'sign_in', strategy)
}

function attempt(instance: Instance, caller: Caller, signIn: SignInRecord, params: Params): void {
  const user = ownerOf(instance, signIn)
  const strategy = text(params, 'strategy')
  if (strategy === 'password') {
    if (!passwordMatches(user.passwordHash, secretText(params, 'password') ?? '')) throw passwordIncorrect()
    finish(instance, caller, signIn, user, 'password')
  } else if (strategy === 'email_code' || strategy === RESET) {
    if (signIn.verification?.strategy !== strategy) throw refusal(400, 'verification_missing', 'Verification missing')
    attemptCode(instance, signIn.verification, text(params, 'code'), () => instance.records.signIns.put(signIn))
    if (strategy === RESET) signIn.status = 'needs_new_password'
    else finish(instance, caller, signIn, user, strategy)
  } else throw invalidValue('strategy')
}

function resetPassword(instance: Instance, caller: Caller, signIn: SignInRecord, params: Params): void {
  if (signIn.status !== 'needs_new_password') throw refusal(400, 'verification_missing', 'Verification missing')
  const password = secretText(params, 'password')
  if (!password) throw missingParam('password')
  requireGoodPassword(password)
  const user = ownerOf(instance, signIn)
  user.passwordHash = hashPassword(password)
  saveUser(instance, user)
  if (params.sign_out_of_other_sessions === 'true')
    for (const session of instance.records.sessions.filter((s) => s.userId === user.id)) endSession(instance, session, 'revoked')
  finish(instance, caller, signIn, user, RESET)
}

function finish(instance: Instance, caller: Caller, signIn: SignInRecord, user: UserRecord, strategy: string): void {
  if (user.banned) throw userBanned()
  const session = startSession(instance, ensureClient(instance, caller), user, caller.userAgent, strategy)
  const verification = { status: 'verified' as const, strategy, attempts: 1, expireAt: null, code: null }
  Object.assign(signIn, { status: 'complete', userId: user.id, verification, createdSessionId: session.id })
}

function redeemTicket(instance: Instance, token: string | undefined): UserRecord {
  const ticket = instance.records.tickets.find((t) => t.token === token)
  if (!ticket || ticket.status === 'revoked') throw refusal(400, 'ticket_invalid_code', 'Ticket is invalid', 'The ticket is invalid.', 'ticket')
  if (ticket.status === 'accepted')
    throw refusal(400, 'sign_in_token_already_used_code', 'Sign in token already used', 'This sign in token has already been used.')
  if (ticket.expireAt <= instance.now()) throw refusal(400, 'ticket_expired_code', 'Ticket is expired', 'The ticket has expired.', 'ticket')
  instance.records.tickets.put({ ...ticket, status: 'accepted', updatedAt: instance.now() })
  return getUser(instance, ticket.userId)
}

function ownerOf(instance: Instance, signIn: SignInRecord): UserRecord {
  const user = signIn.userId ? instance.records.users.get(signIn.userId) : undefined
  if (!user) throw refusal(422, 'form_identifier_not_found', "Couldn't find your account.", undefined, 'identifier')
  return user
}

function ownSignIn(instance: Instance, caller: Caller, id: string | undefined): SignInRecord {
  const signIn = instance.records.signIns.get(id ?? '')
  if (!signIn || signIn.clientId !== caller.client?.id || signIn.abandonAt <= instance.now()) throw notFound('sign in attempt')
  if (signIn.status === 'complete') throw refusal(400, 'verification_already_verified', 'This verification has already been verified.')
  return signIn
}
