/**
 * Verifies a factor (password, sent code or authenticator app code), at sign-in and at
 * reverification.
 */

import { codeIncorrect, invalidValue, verificationMissing } from '@/sandbox/clerk/errors'
import { attemptCode, sendCode } from '@/sandbox/clerk/factors/codes'
import { RESET } from '@/sandbox/clerk/factors/factors'
import {
  passwordCompromised,
  passwordIncorrect,
  passwordMatches
} from '@/sandbox/clerk/factors/passwords'
import { codeMatches } from '@/sandbox/clerk/factors/totp'
import { type Params, passwordParam, text } from '@/sandbox/clerk/frontend/caller'
import type { Instance } from '@/sandbox/clerk/instance'
import type { CodeRecord, UserRecord, Verification } from '@/sandbox/clerk/records'
import { verified } from '@/sandbox/clerk/users'

/** Sends a code to one of the user's verified addresses, by default the primary one. */
export function prepareByEmail(
  instance: Instance,
  user: UserRecord,
  {
    emailId,
    purpose,
    strategy
  }: { emailId: string | undefined; purpose: CodeRecord['purpose']; strategy: string }
): Verification {
  const email = user.emails.find(
    (e) => e.id === (emailId ?? user.primaryEmailId) && e.verification?.status === 'verified'
  )
  if (!email) throw invalidValue('email_address_id')
  return sendCode(instance, email.address, purpose, strategy)
}

/**
 * Verifies a password or a sent code; `save` stores the count of wrong attempts. @throws
 * ClerkApiError
 */
export function requireFirstFactor(
  instance: Instance,
  user: UserRecord,
  sent: Verification | null,
  params: Params,
  save: () => void
): Verification {
  const strategy = text(params, 'strategy') ?? ''
  if (strategy === 'password') {
    if (!passwordMatches(user.passwordHash, passwordParam(params, 'password') ?? ''))
      throw passwordIncorrect()
    if (user.passwordCompromised) throw passwordCompromised()
  } else if (strategy === 'email_code' || strategy === RESET) {
    if (sent?.strategy !== strategy) throw verificationMissing()
    attemptCode(instance, sent, text(params, 'code'), save)
  } else throw invalidValue('strategy')
  return verified(strategy)
}

/** Verifies an authenticator app code, or uses up a backup code. @throws ClerkApiError */
export function requireSecondFactor(
  instance: Instance,
  user: UserRecord,
  params: Params
): Verification {
  const strategy = text(params, 'strategy') ?? ''
  const code = (text(params, 'code') ?? '').replaceAll(' ', '')
  if (strategy === 'totp') {
    if (!user.totp?.verified || !codeMatches(user.totp.secret, code)) throw codeIncorrect()
  } else if (strategy === 'backup_code') {
    if (!user.backupCodes.includes(code)) throw codeIncorrect()
    instance.records.users.put(
      Object.assign(user, { backupCodes: user.backupCodes.filter((c) => c !== code) })
    )
  } else throw invalidValue('strategy')
  return verified(strategy)
}
