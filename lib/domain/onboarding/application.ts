/** A user's application for a Jiko account. */
export const APPLICATION_STATUSES = [
  'CREATED',
  'PENDING',
  'SUBMITTED',
  'DOCUMENTS_NEEDED',
  'MANUAL_REVIEW',
  'APPROVED',
  'REJECTED'
] as const

/** The status as the user sees it. Unknown statuses count as in review. */
export type ApplicationOutcome = 'in_review' | 'documents_needed' | 'approved' | 'rejected'

/** @param status Jiko's status text; the list may grow (contracts: Jiko §2). */
export function toOutcome(status: string): ApplicationOutcome {
  if (status === 'APPROVED') return 'approved'
  if (status === 'REJECTED') return 'rejected'
  if (status === 'DOCUMENTS_NEEDED') return 'documents_needed'
  return 'in_review'
}

/** Approved and rejected are final; every other status may change. */
export const isFinal = (status: string): boolean => status === 'APPROVED' || status === 'REJECTED'

/** One document that Jiko requested. */
export type RequestedDocument = { id: string; type: string; status: string; reason: string | null }

/** The user's answers by question. A missing key means not answered yet. */
export type ApplicationDraft = {
  name?: { firstName: string; middleName: string | null; lastName: string }
  dateOfBirth?: { date: string }
  /** ISO 3166 alpha-2. */
  citizenship?: { country: string }
  phone?: { number: string }
  /** The number that Clerk confirmed as the user's own. Valid for this number only. */
  verifiedPhone?: { number: string; provenAt: string } | null
  address?: {
    street: string
    street2: string | null
    city: string
    state: string
    postalCode: string
  }
  work?: { employment: EmploymentStatus; occupation: string | null }
  income?: { income: IncomeRange }
  netWorth?: { netWorth: NetWorthRange }
  affiliations?: { brokerDealer: string | null; directorOf: string | null }
  /** What a linked bank suggests for questions without an answer. */
  fromBank?: BankDetails
}

export type BankDetails = Pick<ApplicationDraft, 'name' | 'phone' | 'address'> & { bank: string }

export const EMPLOYMENT_STATUSES = [
  'EMPLOYED',
  'INDEPENDENT',
  'RETIRED',
  'STUDENT',
  'UNEMPLOYED'
] as const
export type EmploymentStatus = (typeof EMPLOYMENT_STATUSES)[number]
/** Jiko requires an occupation for these and accepts one for the others (contracts: Jiko §2). */
export const EMPLOYMENTS_WITH_OCCUPATION = [
  'EMPLOYED',
  'INDEPENDENT',
  'RETIRED'
] as const satisfies readonly EmploymentStatus[]
export const needsOccupation = (
  employment: string
): employment is (typeof EMPLOYMENTS_WITH_OCCUPATION)[number] =>
  (EMPLOYMENTS_WITH_OCCUPATION as readonly string[]).includes(employment)
export const INCOME_RANGES = [
  'BELOW_50K',
  'BETWEEN_50K_AND_100K',
  'BETWEEN_100K_AND_250K',
  'OVER_250K'
] as const
export type IncomeRange = (typeof INCOME_RANGES)[number]
export const NET_WORTH_RANGES = [
  'BELOW_50K',
  'BETWEEN_50K_AND_200K',
  'BETWEEN_200K_AND_1M',
  'BETWEEN_1M_AND_5M',
  'OVER_5M'
] as const
export type NetWorthRange = (typeof NET_WORTH_RANGES)[number]

type Question = Exclude<keyof ApplicationDraft, 'verifiedPhone' | 'fromBank'>
export type DraftAnswer = {
  [K in Question]-?: { question: K; answer: NonNullable<ApplicationDraft[K]> }
}[Question]

/** The agreements as Jiko bundles them, fetched for each application. */
export type Agreements = { version: string; releasedOn: string; documents: AgreementDocument[] }
export type AgreementDocument = { title: string; url: string; type: string; category: string }
/** The group of the consent to electronic documents, which comes before all others. */
export const ESIGN_CATEGORY = 'E-SIGN'

/** The groups in which documents are shown and agreed to; known ones first. */
export function categoriesOf(documents: readonly Pick<AgreementDocument, 'category'>[]): string[] {
  const given = new Set(documents.map(({ category }) => category))
  const known = [ESIGN_CATEGORY, 'BANK', 'BROKERAGE', 'GENERAL'].filter((c) => given.has(c))
  return [...new Set([...known, ...given])]
}

/** A document that a user agreed to, with the SHA-256 of its file then. */
export type SignedDocument = { title: string; type: string; sha256: string }

export type Consent = { version: string; consentedAt: string }
