import {
  apiError,
  identifierNotFound,
  invalidValue,
  missingParam,
  userBanned,
  verificationMissing
} from '@/sandbox/clerk/errors'
import { attemptCode } from '@/sandbox/clerk/factors/codes'
import { needsDeviceTrust, trustDevice } from '@/sandbox/clerk/factors/device-trust'
import { hasTotp, RESET } from '@/sandbox/clerk/factors/factors'
import { hashPassword, requireValidPassword } from '@/sandbox/clerk/factors/passwords'
import {
  type Caller,
  ensureClient,
  type Params,
  passwordParam,
  text
} from '@/sandbox/clerk/frontend/caller'
import {
  prepareByEmail,
  requireFirstFactor,
  requireSecondFactor
} from '@/sandbox/clerk/frontend/factor-checks'
import type { Instance } from '@/sandbox/clerk/instance'
import type { Metadata, SignInRecord, UserRecord, Verification } from '@/sandbox/clerk/records'
import { endSession, saveUser, startSession, verified } from '@/sandbox/clerk/users'

export function prepare(instance: Instance, signIn: SignInRecord, params: Params): void {
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

export function attempt(
  instance: Instance,
  caller: Caller,
  signIn: SignInRecord,
  params: Params
): void {
  const user = ownerOf(instance, signIn)
  const done = requireFirstFactor(instance, user, signIn.verification, params, () =>
    instance.records.signIns.put(signIn)
  )
  if (done.strategy === RESET) signIn.status = 'needs_new_password'
  else completeFirstFactor(instance, caller, signIn, user, done.strategy)
}

export function resetPassword(
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
  Object.assign(user, {
    passwordHash: hashPassword(password),
    passwordUpdatedAt: instance.now(),
    passwordCompromised: false
  })
  saveUser(instance, user)
  if (params.sign_out_of_other_sessions === 'true')
    for (const session of instance.records.sessions.filter((s) => s.userId === user.id))
      endSession(instance, session, 'revoked')
  completeFirstFactor(instance, caller, signIn, user, RESET)
}

export function checkSecondFactor(
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

export function completeSignIn(
  instance: Instance,
  caller: Caller,
  signIn: SignInRecord,
  user: UserRecord,
  strategy: string,
  impersonation: { actor?: Metadata; seconds?: number } = {}
): void {
  if (user.banned) throw userBanned()
  const secondFactor = signIn.secondVerification !== null
  const session = startSession(instance, ensureClient(instance, caller), user, {
    userAgent: caller.userAgent,
    strategy,
    secondFactor,
    ...impersonation
  })
  trustDevice(instance, caller.devBrowser, user)
  Object.assign(signIn, {
    status: 'complete',
    userId: user.id,
    verification: signIn.verification ?? verified(strategy),
    createdSessionId: session.id
  })
}

export function ownerOf(instance: Instance, signIn: SignInRecord): UserRecord {
  const user = signIn.userId ? instance.records.users.get(signIn.userId) : undefined
  if (!user) throw identifierNotFound()
  return user
}
