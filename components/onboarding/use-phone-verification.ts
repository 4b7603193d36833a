'use client'

import { useText } from '#text'
import { apiSend, createApiError, isApiError } from '@/components/lib/api'
import { clerkErrorCode, useClerkSession } from '@/components/lib/clerk'
import { loadedClerk } from '@/components/lib/clerk-session'
import { useWithReverification } from '@/components/lib/use-reverification'
import type { ApplicationState } from '@/lib/domain/onboarding/onboarding'
import type { Text, TextKey } from '@/lib/domain/text/text'

type VerificationPhase = 'unsent' | 'sent' | 'proven'

/**
 * Verifies a phone number: Clerk sends and checks the code, our server asks Clerk. Every failure
 * becomes an ApiError.
 */
export function usePhoneVerification(number: string) {
  const text = useText('onboarding')
  const { user } = useClerkSession()
  const clerkPhone = user ? findPhone(user, number) : undefined
  const { status, expireAt } = clerkPhone?.verification ?? {}
  // Clerk decides whether a code has expired: this device's clock may be wrong.
  const phase: VerificationPhase =
    status === 'verified' ? 'proven' : status === 'unverified' && expireAt ? 'sent' : 'unsent'

  const send = useWithReverification(async () => {
    const { user } = await loadedClerk()
    if (!user) throw phoneError('away', text)
    const phone = findPhone(user, number) ?? (await user.createPhoneNumber({ phoneNumber: number }))
    if (phone.verification.status !== 'verified')
      await ignoreAlreadyVerified(phone.prepareVerification())
  })
  const verify = async (code: string) => {
    const digits = code.replace(/\s/g, '')
    if (!/^\d{6}$/.test(digits)) throw phoneError(digits ? 'not_six_digits' : 'empty', text)
    const { user } = await loadedClerk()
    const sent = user ? findPhone(user, number) : undefined
    if (!sent) throw phoneError('away', text)
    await ignoreAlreadyVerified(sent.attemptVerification({ code: digits }))
  }
  /** Asks our server to check with Clerk. */
  const confirm = () => apiSend<ApplicationState>('/api/v1/application/phone', {})
  const throwAsApiError = (thrown: unknown) => {
    // Reverification errors are handled by Clerk's hook.
    throw isApiError(thrown) ? thrown : phoneError(clerkErrorCode(thrown) ?? 'away', text)
  }
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

function phoneError(code: string, text: Text<'onboarding'>) {
  const { key, field } = phoneCodeError(code)
  const message = text(key)
  return createApiError(422, code, message, field ? { code: message } : {})
}

/** Messages for errors of SMS codes. */

const FIELD_MESSAGES = new Map<string, TextKey<'onboarding'>>(
  Object.entries({
    empty: 'Enter the code from the text message',
    not_six_digits: 'The code has 6 digits',
    form_code_incorrect: 'This is not the code we sent. Check it, or ask for a new one',
    verification_expired: 'This code is too old. Ask for a new one',
    verification_failed: 'Too many tries for this code. Ask for a new one',
    verification_missing: 'This code is no longer valid. Ask for a new one'
  })
)
const FORM_MESSAGES = new Map<string, TextKey<'onboarding'>>(
  Object.entries({
    form_identifier_exists:
      'This number already belongs to another login. Use another number, or sign in with that login.',
    form_param_format_invalid: 'We cannot send codes to this number. Use another number.',
    too_many_requests:
      'You asked for a lot of codes in a short time. Wait a few minutes, then try again.'
  })
)
const UNAVAILABLE_MESSAGE =
  'We cannot send or check codes right now. Your answers are saved. Try again in a few minutes.'

/**
 * @param code Clerk's error code, or ours for a missing or malformed code. @returns the message,
 * and whether it belongs to the code field.
 */
export function phoneCodeError(code: string): { key: TextKey<'onboarding'>; field: boolean } {
  const fieldMessage = FIELD_MESSAGES.get(code)
  return fieldMessage
    ? { key: fieldMessage, field: true }
    : { key: FORM_MESSAGES.get(code) ?? UNAVAILABLE_MESSAGE, field: false }
}
