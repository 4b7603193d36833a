'use client'

import { useUser } from '@clerk/nextjs'
import type { ApplicationState } from '@/lib/domain/onboarding/onboarding'
import { change, fault, isApiError } from '@/components/lib/api'
import { clerkCode } from '@/components/lib/clerk-error-code'
import { useClerkReady } from '@/components/lib/clerk'
import { useProof } from '@/components/lib/use-reverification'
import { wordsFor } from '@/components/onboarding/phone-code-errors'

type Phase = 'unsent' | 'sent' | 'proven'

/** A phone number on its way to being proven: Clerk sends the code and checks it, our server asks Clerk. Every fault becomes an ApiError. */
export function usePhoneCode(number: string) {
  const { user } = useUser()
  const clerkReady = useClerkReady()
  const known = user ? numberOf(user, number) : undefined
  const { status, expireAt } = known?.verification ?? {}
  // Whether a code is too old is for Clerk to say: this clock may be wrong.
  const phase: Phase =
    status === 'verified' ? 'proven' : status === 'unverified' && expireAt ? 'sent' : 'unsent'

  const send = useProof(async () => {
    const { user } = await clerkReady()
    if (!user) throw inWords('away')
    const phone = numberOf(user, number) ?? (await user.createPhoneNumber({ phoneNumber: number }))
    if (phone.verification.status !== 'verified') await unlessProven(phone.prepareVerification())
  })
  const enter = async (code: string) => {
    const digits = code.replace(/\s/g, '')
    if (!/^\d{6}$/.test(digits)) throw inWords(digits ? 'not_six_digits' : 'empty')
    const { user } = await clerkReady()
    const sent = user ? numberOf(user, number) : undefined
    if (!sent) throw inWords('away')
    await unlessProven(sent.attemptVerification({ code: digits }))
  }
  /** Asks our server to see for itself. */
  const settle = () => change<ApplicationState>('/api/v1/application/phone', {})
  return {
    phase,
    send: () => send().catch(rethrow),
    enter: (code: string) => enter(code).catch(rethrow),
    settle
  }
}

const numberOf = <P extends { phoneNumber: string }>(
  user: { phoneNumbers: P[] },
  number: string
): P | undefined => user.phoneNumbers.find((phone) => phone.phoneNumber === number)

/** Another tab, or an answer that was lost, may have proven the number already. */
async function unlessProven(call: Promise<unknown>): Promise<void> {
  await call.catch((thrown: unknown) => {
    if (clerkCode(thrown) !== 'verification_already_verified') throw thrown
  })
}

function rethrow(thrown: unknown): never {
  // What wants a recent proof is answered by the dialog of Clerk's own hook.
  throw isApiError(thrown) ? thrown : inWords(clerkCode(thrown) ?? 'away')
}

function inWords(code: string) {
  const { words, field } = wordsFor(code)
  return fault(422, code, words, field ? { code: words } : {})
}
