import 'server-only'
import {
  type AgreementDocument,
  type Agreements,
  categoriesOf,
  ESIGN_CATEGORY,
  type SignedDocument
} from '@/lib/domain/onboarding/application'
import { type ApplicationState, onboardingStep } from '@/lib/domain/onboarding/onboarding'
import type { UserActor } from '@/lib/domain/users/actor'
import { now } from '@/lib/platform/clock'
import { RequestError } from '@/lib/platform/errors'
import * as DataService from '@/lib/services/data'
import * as BankingService from '@/lib/services/jiko'
import { createTestPage, requireDemonstration } from '@/lib/services/pangea/onboarding/esign-check'

/** Jiko's current agreements, fetched for each application (contracts: Jiko §2). */
const listAgreements = (actor: UserActor): Promise<Agreements> =>
  BankingService.listAgreements({ userId: actor.userId })

/** The current agreements, how far the user is with them, and a test page while one is needed. */
export async function getAgreements(
  actor: UserActor
): Promise<Agreements & { esign: { shown: boolean; agreed: boolean }; testPage: string | null }> {
  const agreements = await listAgreements(actor)
  const esign = await DataService.getEsignState(actor, agreements.version)
  const testPage = esign.agreed ? null : await createTestPage(actor, agreements.version)
  return { ...agreements, esign, testPage }
}

/**
 * Checks that the accepted agreements are current: Jiko may refuse or delay an application with
 * older ones.
 * @throws RequestError agreements_changed; IntegrationError if Jiko does not respond.
 */
export async function requireCurrentAgreements(
  actor: UserActor,
  agreedVersion: string
): Promise<void> {
  const { version } = await listAgreements(actor)
  if (version !== agreedVersion)
    throw new RequestError(
      'agreements_changed',
      'Jiko has updated its documents since you agreed to them. Read the new ones and agree again.'
    )
}

/**
 * Records the consent to electronic documents, once the user showed that they can open them.
 * @throws RequestError invalid without that; conflict if newer agreements exist or the application
 * was sent; IntegrationError if a document cannot be read.
 */
export async function recordEsignConsent(
  actor: UserActor,
  { version, shown: typedCode }: { version: string; shown: string }
): Promise<void> {
  await DataService.ensureUser(actor)
  const { agreements } = await requireOpenApplication(actor, version)
  const { shown } = await DataService.getEsignState(actor, version)
  const demonstration = requireDemonstration(actor, version, { shown, typedCode })
  await DataService.saveEsignConsent(actor, {
    version,
    documents: await sign(actor, documentsOf(agreements, ESIGN_CATEGORY)),
    shown: demonstration,
    consentedAt: now().toISOString()
  })
}

/**
 * Records one consent for each group of documents, and when, after the consent to electronic ones.
 * @throws RequestError invalid if a group is missing; conflict without the consent to electronic
 * documents, if newer agreements exist or the application was sent; IntegrationError if a document
 * cannot be read.
 */
export async function recordConsent(
  actor: UserActor,
  { version, agreed }: { version: string; agreed: readonly string[] }
): Promise<ApplicationState> {
  await DataService.ensureUser(actor)
  const { agreements, facts } = await requireOpenApplication(actor, version)
  if (!(await DataService.getEsignState(actor, version)).agreed)
    throw new RequestError('conflict', 'Agree to receive documents electronically first.')
  const categories = categoriesOf(agreements.documents).filter((c) => c !== ESIGN_CATEGORY)
  const missing = categories.filter((category) => !agreed.includes(category))
  if (missing.length > 0)
    throw new RequestError('invalid', 'Please check the highlighted fields.', {
      fields: Object.fromEntries(
        missing.map((category) => [category, 'Tick the box to agree to these documents'])
      )
    })
  const groups = await Promise.all(
    categories.map(async (category) => ({
      category,
      documents: await sign(actor, documentsOf(agreements, category))
    }))
  )
  await DataService.saveConsents(actor, { version, groups, consentedAt: now().toISOString() })
  return {
    step: onboardingStep({ ...facts, consent: { version } }),
    ineligible: null,
    status: null
  }
}

async function requireOpenApplication(actor: UserActor, version: string) {
  const facts = await DataService.getOnboardingFacts(actor)
  if (facts.application) throw new RequestError('conflict', 'Your application was already sent.')
  const agreements = await listAgreements(actor)
  if (agreements.version !== version)
    throw new RequestError(
      'conflict',
      'Jiko has updated these documents. Read the new ones and agree again.'
    )
  return { facts, agreements }
}

const documentsOf = ({ documents }: Agreements, category: string): AgreementDocument[] =>
  documents.filter((document) => document.category === category)

/** The documents with the hash of what their addresses contain now. */
const sign = (actor: UserActor, documents: AgreementDocument[]): Promise<SignedDocument[]> =>
  Promise.all(
    documents.map(async ({ title, type, url }) => ({
      title,
      type,
      sha256: await BankingService.hashDocument({ userId: actor.userId }, url)
    }))
  )
