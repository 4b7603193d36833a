/**
 * Password rules and hashes. The hosted service also checks a breach database; this emulator uses a
 * short list of common passwords.
 */
import { randomBytes, scryptSync, timingSafeEqual } from 'node:crypto'
import { apiError } from '@/sandbox/clerk/errors'

export const PASSWORD_MIN = 8
export const PASSWORD_MAX = 72

const BREACHED = new Set([
  'password',
  'password1',
  'password123',
  '12345678',
  '123456789',
  '1234567890',
  'qwertyuiop',
  'qwerty123',
  'iloveyou',
  'letmein123',
  'admin123'
])
// Low on purpose: tests create many users, and no real secret is stored here.
const COST = { N: 1024 }

/** @throws ClerkApiError for a password that is too short, too long or breached */
export function requireValidPassword(password: string, param = 'password'): void {
  if (password.length < PASSWORD_MIN)
    throw apiError(
      422,
      'form_password_length_too_short',
      `Passwords must be ${PASSWORD_MIN} characters or more.`,
      undefined,
      param
    )
  if (Buffer.byteLength(password) > PASSWORD_MAX)
    throw apiError(
      422,
      'form_password_length_too_long',
      `Passwords must be less than ${PASSWORD_MAX} characters.`,
      undefined,
      param
    )
  if (BREACHED.has(password.toLowerCase()))
    throw apiError(
      422,
      'form_password_pwned',
      'Password has been found in an online data breach. For account safety, please use a different password.',
      undefined,
      param
    )
}

export function hashPassword(password: string): string {
  const salt = randomBytes(16)
  return `${salt.toString('base64')}:${scryptSync(password, salt, 32, COST).toString('base64')}`
}

export function passwordMatches(hash: string | null, password: string): boolean {
  const [salt, digest] = hash?.split(':') ?? []
  if (!salt || !digest) return false
  return timingSafeEqual(
    Buffer.from(digest, 'base64'),
    scryptSync(password, Buffer.from(salt, 'base64'), 32, COST)
  )
}

export const passwordIncorrect = (param = 'password') =>
  apiError(
    422,
    'form_password_incorrect',
    'Password is incorrect. Try again, or use another method.',
    undefined,
    param
  )

/** The user has to reset the password before it works again. */
export const passwordCompromised = () =>
  apiError(
    422,
    'form_password_compromised',
    'Your password may be compromised. To protect your account, please continue with an alternative sign-in method. You will be required to reset your password after signing in.',
    undefined,
    'password'
  )
