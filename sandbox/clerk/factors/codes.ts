/**
 * One-time codes by e-mail and text message. Test addresses and test numbers accept the fixed code
 * and send nothing; every other code is kept in the inbox.
 */
import { randomInt } from 'node:crypto'
import { apiError, codeIncorrect, verificationMissing } from '@/sandbox/clerk/errors'
import type { Instance } from '@/sandbox/clerk/instance'
import type { CodeRecord, Verification } from '@/sandbox/clerk/records'

const LIFETIME = 10 * 60_000
const MAX_WRONG_CODES = 3
const TEST_CODE = '424242'

const EMAIL = /^[^\s@<>"',;:()[\]\\]{1,64}@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/i

/** Lower-cases and validates an e-mail address. @throws ClerkApiError */
export function requireEmail(value: string, param = 'email_address'): string {
  const address = value.trim().toLowerCase()
  if (!EMAIL.test(address))
    throw apiError(
      422,
      'form_param_format_invalid',
      'is invalid',
      'Email address must be a valid email address.',
      param
    )
  return address
}

const PHONE = /^\+(?:1[2-9]\d{2}[2-9]\d{6}|(?!1)[1-9]\d{6,14})$/
/** Fictional numbers; no code is sent to them. */
const TEST_PHONE = /^\+1\d{3}55501\d{2}$/

/** A phone number in E.164. @throws ClerkApiError */
export function requirePhone(value: string, param = 'phone_number'): string {
  const number = value.replace(/[\s().-]/g, '')
  if (PHONE.test(number)) return number
  throw apiError(
    422,
    'form_param_format_invalid',
    'is invalid',
    'Phone number must be a valid phone number according to E.164 international standard.',
    param
  )
}

export function sendCode(
  instance: Instance,
  to: string,
  purpose: CodeRecord['purpose'],
  strategy: string
): Verification {
  const isTest = to.includes('+clerk_test') || TEST_PHONE.test(to)
  const code = isTest ? TEST_CODE : String(randomInt(100_000, 1_000_000))
  if (!isTest)
    instance.records.mails.put({
      id: instance.ids.uuid('mail'),
      to,
      purpose,
      code,
      createdAt: instance.now()
    })
  return { status: 'unverified', strategy, attempts: 0, expireAt: instance.now() + LIFETIME, code }
}

/**
 * Checks a code and updates `verification`; `save` runs before any refusal so that wrong attempts
 * are stored.
 */
export function attemptCode(
  instance: Instance,
  verification: Verification | null,
  code: string | undefined,
  save: () => void
): void {
  if (!verification?.code) throw verificationMissing()
  if (verification.status === 'verified')
    throw apiError(
      400,
      'verification_already_verified',
      'This verification has already been verified.'
    )
  if (verification.status === 'failed') throw tooManyAttempts()
  if ((verification.expireAt ?? 0) <= instance.now()) {
    verification.status = 'expired'
    save()
    throw apiError(
      400,
      'verification_expired',
      'The verification has expired. You must create a new verification before you can retry.'
    )
  }
  verification.attempts += 1
  if (code === verification.code) {
    verification.status = 'verified'
    return
  }
  if (verification.attempts > MAX_WRONG_CODES) verification.status = 'failed'
  save()
  throw verification.status === 'failed' ? tooManyAttempts() : codeIncorrect()
}

const tooManyAttempts = () =>
  apiError(
    400,
    'verification_failed',
    'Too many failed attempts',
    'Too many failed attempts. You have to try again with the same or another method.'
  )
