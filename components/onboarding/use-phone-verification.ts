'use client'

import { useUser } from '@clerk/nextjs'
import { apiSend, createApiError, isApiError } from '@/components/lib/api'
import { useLoadedClerk } from '@/components/lib/clerk'
import { clerkErrorCode } from '@/components/lib/clerk-error-code'
import { useWithReverification } from '@/components/lib/use-reverification'
import { phoneCodeError } from '@/components/onboarding/phone-code-errors'
import type { ApplicationState } from '@/lib/domain/onboarding/onboarding'

type VerificationPhase = 'unsent' | 'sent' | 'proven'

/** A phone number on its way to being proven: Clerk sends the code and checks it, our server asks Clerk. Every fault becomes an ApiError. */
export function usePhoneVerification(number: string) {
  const { user } = useUser()
  const loadClerk = useLoadedClerk()
  const clerkPhone = user ? findPhone(user, number) : undefined
  const { status, expireAt } = clerkPhone?.verification ?? {}
  // Whether a code is too old is for Clerk to say: this clock may be wrong.
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
  /** Asks our server to see for itself. */
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

/** Another tab, or an answer that was lost, may have proven the number already. */
async function ignoreAlreadyVerified(call: Promise<unknown>): Promise<void> {
  await call.catch((thrown: unknown) => {
    if (clerkErrorCode(thrown) !== 'verification_already_verified') throw thrown
  })
}

function throwAsApiError(thrown: unknown): never {
  // What wants a recent proof is answered by the dialog of Clerk's own hook.
  throw isApiError(thrown) ? thrown : phoneError(clerkErrorCode(thrown) ?? 'away')
}

function phoneError(code: string) {
  const { message: words, field } = phoneCodeError(code)
  return createApiError(422, code, words, field ? { code: words } : {})
}
