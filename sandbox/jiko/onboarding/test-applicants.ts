/** Applicants with known outcomes. The rule by last name is ours, not the bank's: people can type it. */

/** In no published list of statuses, on purpose. */
export const UNKNOWN = 'THIRD_PARTY_SCREENING'
export const ID_TYPES = ['ID_FRONT', 'ID_BACK', 'PASSPORT', 'SELFIE']

type Applicant = { outcome: string; asks?: string[]; shown: string }

const BY_LAST_NAME: Record<string, Applicant> = {
  Review: {
    outcome: 'MANUAL_REVIEW',
    shown: 'the bank looks at it by hand (MANUAL_REVIEW) until you decide here'
  },
  Documents: {
    outcome: 'DOCUMENTS_NEEDED',
    shown: 'the bank asks for an ID or passport and a photo of the person (DOCUMENTS_NEEDED)'
  },
  Address: {
    outcome: 'DOCUMENTS_NEEDED',
    asks: ['ADDRESS_VERIFICATION'],
    shown: 'the bank asks for a proof of address (DOCUMENTS_NEEDED)'
  },
  Number: {
    outcome: 'DOCUMENTS_NEEDED',
    asks: ['IDENTIFICATION_NUMBER_VERIFICATION'],
    shown: 'the bank asks for a proof of the Social Security number (DOCUMENTS_NEEDED)'
  },
  Rejected: { outcome: 'REJECTED', shown: 'the bank says no (REJECTED)' },
  Pending: {
    outcome: 'PENDING',
    shown: 'the application stays in line (PENDING) until you decide here'
  },
  Screening: {
    outcome: UNKNOWN,
    shown: `the bank answers a status that is in no list (${UNKNOWN}) until you decide here`
  }
}

const byLowerName = new Map(
  Object.entries(BY_LAST_NAME).map(([name, applicant]) => [name.toLowerCase(), applicant])
)
const find = (lastName: string) => byLowerName.get(lastName.trim().toLowerCase())

export const outcomeFor = (lastName: string): string => find(lastName)?.outcome ?? 'APPROVED'
/** Which documents this applicant has to send, where that is not an ID. */
export const asksFor = (lastName: string): string[] | null => find(lastName)?.asks ?? null

export const APPLICANT_RULES = [
  'Ada Okafor, or any other name: the bank says yes (APPROVED).',
  ...Object.entries(BY_LAST_NAME).map(
    ([name, { shown }]) => `Ada ${name} (last name ${name}): ${shown}.`
  )
]
