/** The factors a user can verify with, at sign-in and at reverification. */
import type { UserRecord } from '@/sandbox/clerk/records'

export const RESET = 'reset_password_email_code'

/**
 * Whether a second factor is required: an authenticator app is set up and its first code was
 * verified.
 */
export const hasTotp = (user: UserRecord): boolean => user.totp?.verified === true

export const firstFactors = (user: UserRecord): object[] => [
  ...(user.passwordHash ? [{ strategy: 'password' }] : []),
  ...byEmail(user, 'email_code')
]

export const resetFactors = (user: UserRecord): object[] =>
  user.passwordHash ? byEmail(user, RESET) : []

export const secondFactors = (user: UserRecord): object[] => [
  ...(hasTotp(user) ? [{ strategy: 'totp' }] : []),
  ...(user.backupCodes.length > 0 ? [{ strategy: 'backup_code' }] : [])
]

/** The factor that verifies a new device. */
export const deviceFactors = (user: UserRecord): object[] => byEmail(user, 'email_code')

const byEmail = (user: UserRecord, strategy: string): object[] =>
  user.emails
    .filter((e) => e.verification?.status === 'verified')
    .map((e) => ({
      strategy,
      email_address_id: e.id,
      safe_identifier: e.address,
      ...(e.id === user.primaryEmailId ? { primary: true } : {})
    }))
