import 'server-only'
import type { Agreements } from '@/lib/domain/onboarding/application'
import { type ApplicationState, onboardingStep } from '@/lib/domain/onboarding/onboarding'
import type { UserActor } from '@/lib/domain/users/actor'
import { now } from '@/lib/platform/clock'
import { RequestError } from '@/lib/platform/errors'
import * as DataService from '@/lib/services/data'
import * as BankingService from '@/lib/services/jiko'
import { requireEsignCheck } from '@/lib/services/pangea/onboarding/esign-check'

/** Jiko's current agreements, fetched for each application (contracts: Jiko §2). */
export const getAgreements = (actor: UserActor): Promise<Agreements> =>
  BankingService.listAgreements({ userId: actor.userId })

/**
 * Checks that the accepted agreements are current: Jiko may refuse or delay an application with
 * older ones.
 * @throws RequestError agreements_changed; IntegrationError if Jiko does not respond.
 */
export async function requireCurrentAgreements(
  actor: UserActor,
  agreedVersion: string
): Promise<void> {
  const { version } = await getAgreements(actor)
  if (version !== agreedVersion)
    throw new RequestError(
      'agreements_changed',
      'Jiko has updated its documents since you agreed to them. Read the new ones and agree again.'
    )
}

/**
 * Records what the user agreed to and when, after the E-SIGN check.
 * @throws RequestError invalid if the check failed; conflict if newer agreements exist or the
 * application was sent.
 */
export async function recordConsent(
  actor: UserActor,
  { version, shown }: { version: string; shown: string }
): Promise<ApplicationState> {
  await DataService.ensureUser(actor)
  const facts = await DataService.getOnboardingFacts(actor)
  if (facts.application) throw new RequestError('conflict', 'Your application was already sent.')
  const agreements = await getAgreements(actor)
  if (agreements.version !== version)
    throw new RequestError(
      'conflict',
      'Jiko has updated these documents. Read the new ones and agree again.'
    )
  requireEsignCheck(actor, version, shown)
  const documents = agreements.documents.map(({ title, type }) => ({ title, type }))
  await DataService.saveConsent(actor, {
    version: agreements.version,
    documents,
    consentedAt: now().toISOString()
  })
  return {
    step: onboardingStep({ ...facts, consent: { version: agreements.version } }),
    ineligible: null,
    status: null
  }
}
