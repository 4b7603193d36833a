/**
 * Applicants with known outcomes. Outcomes by last name are our rule, because a last name can be
 * typed into the form.
 */

/** On purpose in no published list of statuses. */
export const UNLISTED_STATUS = 'THIRD_PARTY_SCREENING'
export const ID_TYPES = ['ID_FRONT', 'ID_BACK', 'PASSPORT', 'SELFIE']

type TestApplicant = { outcome: string; requestedDocuments?: string[]; shown: string }

const BY_LAST_NAME: Record<string, TestApplicant> = {
  Review: {
    outcome: 'MANUAL_REVIEW',
    shown: 'manual review (MANUAL_REVIEW) until you decide here'
  },
  Documents: {
    outcome: 'DOCUMENTS_NEEDED',
    shown: 'Jiko requests an ID or passport and a photo of the applicant (DOCUMENTS_NEEDED)'
  },
  Address: {
    outcome: 'DOCUMENTS_NEEDED',
    requestedDocuments: ['ADDRESS_VERIFICATION'],
    shown: 'Jiko requests a proof of address (DOCUMENTS_NEEDED)'
  },
  Number: {
    outcome: 'DOCUMENTS_NEEDED',
    requestedDocuments: ['IDENTIFICATION_NUMBER_VERIFICATION'],
    shown: 'Jiko requests a proof of the Social Security number (DOCUMENTS_NEEDED)'
  },
  Rejected: { outcome: 'REJECTED', shown: 'rejected (REJECTED)' },
  Pending: {
    outcome: 'PENDING',
    shown: 'pending (PENDING) until you decide here'
  },
  Screening: {
    outcome: UNLISTED_STATUS,
    shown: `an unlisted status (${UNLISTED_STATUS}) until you decide here`
  }
}

const byLowerName = new Map(
  Object.entries(BY_LAST_NAME).map(([name, applicant]) => [name.toLowerCase(), applicant])
)
const findTestApplicant = (lastName: string) => byLowerName.get(lastName.trim().toLowerCase())

export const outcomeFor = (lastName: string): string =>
  findTestApplicant(lastName)?.outcome ?? 'APPROVED'
/** The documents this applicant must send when it is not an ID. */
export const requestedDocumentsFor = (lastName: string): string[] | null =>
  findTestApplicant(lastName)?.requestedDocuments ?? null

export const APPLICANT_RULES = [
  'Ada Okafor, or any name not listed below: approved (APPROVED).',
  ...Object.entries(BY_LAST_NAME).map(
    ([name, { shown }]) => `Ada ${name} (last name ${name}): ${shown}.`
  )
]
