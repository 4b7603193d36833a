'use client'

import { useUser } from '@clerk/nextjs'
import { apiSend, createApiError, isApiError } from '@/components/lib/api'
import { useLoadedClerk } from '@/components/lib/clerk'
import { clerkErrorCode } from '@/components/lib/clerk-error-code'
import { useWithReverification } from '@/components/lib/use-reverification'
import { phoneCodeError } from '@/components/onboarding/phone-code-errors'
import type { ApplicationState } from '@/lib/domain/onboarding/onboarding'

type VerificationPhase = 'unsent' | 'sent' | 'proven'

/**
 * Verifies a phone number: Clerk sends and checks the code, our server asks Clerk. Every failure
 * becomes an ApiError.
 */
export function usePhoneVerification(number: string) {
  const { user } = useUser()
  const loadClerk = useLoadedClerk()
  const clerkPhone = user ? findPhone(user, number) : undefined
  const { status, expireAt } = clerkPhone?.verification ?? {}
  // Clerk decides whether a code has expired: this device's clock may be wrong.
  const phase: VerificationPhase =
    status === 'verified' ? 'proven' : status === 'unverified' && expireAt ? 'sent' : 'unsent'

  const send = useWithReverification(async () => {
    const { user } = await loadClerk()
    if (!user) throw phoneError('away')
    const phone = findPhone(user, number) ?? (await user.createPhoneNumber({ phoneNumber: number }))
    if (phone.verification.status !== 'verified')
      await ignoreAlreadyVerified(phone.prepareVerification())
  })
  const verify = async (code: string) => {
    const digits = code.replace(/\s/g, '')
    if (!/^\d{6}$/.test(digits)) throw phoneError(digits ? 'not_six_digits' : 'empty')
    const { user } = await loadClerk()
    const sent = user ? findPhone(user, number) : undefined
    if (!sent) throw phoneError('away')
    await ignoreAlreadyVerified(sent.attemptVerification({ code: digits }))
  }
  /** Asks our server to check with Clerk. */
  const confirm = () => apiSend<ApplicationState>('/api/v1/application/phone', {})
  return {
    phase,
    send: () => send().catch(throwAsApiError),
    enter: (code: string) => verify(code).catch(throwAsApiError),
    settle: confirm
  }
}

const findPhone = <P extends { phoneNumber: string }>(
  user: { phoneNumbers: P[] },
  number: string
): P | undefined => user.phoneNumbers.find((phone) => phone.phoneNumber === number)

/** Another tab, or a lost response, may have verified the number already. */
async function ignoreAlreadyVerified(call: Promise<unknown>): Promise<void> {
  await call.catch((thrown: unknown) => {
    if (clerkErrorCode(thrown) !== 'verification_already_verified') throw thrown
  })
}

function throwAsApiError(thrown: unknown): never {
  // Reverification errors are handled by Clerk's hook.
  throw isApiError(thrown) ? thrown : phoneError(clerkErrorCode(thrown) ?? 'away')
}

function phoneError(code: string) {
  const { message: words, field } = phoneCodeError(code)
  return createApiError(422, code, words, field ? { code: words } : {})
}
