import 'server-only'
import type { ApplicationDraft } from '@/lib/domain/onboarding/application'
import { type ApplicationState, onboardingStep } from '@/lib/domain/onboarding/onboarding'
import type { UserActor } from '@/lib/domain/users/actor'
import { now } from '@/lib/platform/clock'
import { RequestError } from '@/lib/platform/errors'
import * as AuthService from '@/lib/services/clerk'
import * as DataService from '@/lib/services/data'

/**
 * Records that the user's phone number is verified, which Jiko requires. Clerk is asked; the
 * browser's claim is only a hint.
 * @throws RequestError phone_not_proven, conflict after submission; IntegrationError.
 */
export async function confirmPhone(actor: UserActor): Promise<ApplicationState> {
  const facts = await DataService.getOnboardingFacts(actor)
  const { phone } = facts.draft
  if (!phone || facts.application)
    throw new RequestError('conflict', 'There is no phone number to confirm.')
  const verifiedPhone = await findVerifiedPhone(actor, phone.number)
  if (!verifiedPhone)
    throw new RequestError(
      'phone_not_proven',
      'This number is not confirmed yet. Ask for a code and enter it here.'
    )
  await DataService.saveDraft(actor, { verifiedPhone })
  return {
    step: onboardingStep({ ...facts, draft: { ...facts.draft, verifiedPhone } }),
    ineligible: null,
    status: null
  }
}

/** Whether Clerk lists this number as verified by the user, read live. @throws IntegrationError. */
export async function findVerifiedPhone(
  actor: UserActor,
  number: string
): Promise<NonNullable<ApplicationDraft['verifiedPhone']> | null> {
  const { verifiedPhones } = await AuthService.getUser(actor.userId)
  return verifiedPhones.includes(number) ? { number, provenAt: now().toISOString() } : null
}
