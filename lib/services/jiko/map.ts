import 'server-only'
import type { z } from 'zod'
import type { Money } from '@/lib/domain/money/money'
import type {
  Agreements,
  ApplicationDraft,
  Consent,
  RequestedDocument
} from '@/lib/domain/onboarding/application'
import { unlistedDocuments } from '@/lib/domain/onboarding/documents'
import type {
  JikoAgreements,
  JikoAmount,
  JikoApplication,
  JikoPocket,
  JikoPortals,
  JikoSecurity,
  JikoStatement,
  JikoStrategies,
  JikoTransaction
} from '@/lib/services/jiko/wire'

/** The contents of an application, except the Social Security number. */
export type ApplicationDetails = { answers: ApplicationDraft; email: string; consent: Consent }

export type BankApplication = {
  jikoApplicationId: string
  /** Jiko's status text; the list may grow. */
  status: string
  /** Set after approval. */
  customerId: string | null
  documents: RequestedDocument[]
}

export type BankPocket = {
  jikoPocketId: string
  jikoCustomerId: string | null
  name: string
  status: string
  balance: Money | null
  /** The uninvested part of the balance. */
  cash: Money | null
  securities: PocketSecurity[]
  depositStrategyId: string | null
  reinvestmentStrategyId: string | null
}

/** One holding. Yields are decimal text, such as "0.0412". */
export type PocketSecurity = {
  cusip: string | null
  description: string
  quantity: string
  value: Money | null
  maturesOn: string | null
  yieldToMaturity: string | null
}

/** A statement or tax form. Its link is fetched on demand. */
export type Statement = {
  jikoStatementId: string
  jikoPocketId: string | null
  kind: string
  period: string
}

export type BankPortal = { routingNumber: string; accountNumber: string; status: string }
export type InvestmentStrategy = {
  id: string
  description: string
  yieldToMaturity: string | null
  forDeposits: boolean
  forReinvestment: boolean
}

/** One transaction of a pocket. Positive is money in. */
export type PocketTransaction = {
  jikoTransactionId: string
  type: string
  title: string
  amount: Money
  pending: boolean
  bookedAt: string
  settledAt: string | null
}

const toMoney = ({ value, currency }: z.output<typeof JikoAmount>): Money => ({
  minor: BigInt(value),
  currency
})

/**
 * The body of the create request. Equal facts give equal bytes, so that Jiko recognises a repeat
 * under its key (contracts: Jiko §1, §2).
 * @throws Error if an answer is missing; callers check first.
 */
export function toApplicationBody(
  { answers, email, consent }: ApplicationDetails,
  ssn: string
): string {
  const { name, dateOfBirth, citizenship, phone, address, work, income, netWorth, affiliations } =
    answers
  if (!name || !dateOfBirth || !phone || !address || !work || !income || !netWorth)
    throw new Error('a question has no answer')
  return JSON.stringify({
    name: {
      first_name: name.firstName,
      ...optionalField('middle_name', name.middleName),
      last_name: name.lastName
    },
    email,
    phone_number: phone.number,
    date_of_birth: dateOfBirth.date,
    identification_number: ssn,
    identification_type: 'SSN',
    identification_number_issuing_country: 'US',
    // Applications from before this question were sent as US and must keep their bytes.
    citizenship_country: citizenship?.country ?? 'US',
    address: {
      street_address: address.street,
      ...optionalField('street_address2', address.street2),
      city: address.city,
      postal_code: address.postalCode,
      state: address.state,
      country: 'US'
    },
    agreement_consent: { version: consent.version, timestamp: consent.consentedAt },
    investment_profile: {
      employment_status: work.employment,
      ...optionalField('occupation', work.occupation),
      income: income.income,
      net_worth: netWorth.netWorth,
      ...optionalField('bd_association', affiliations?.brokerDealer),
      ...optionalField('director_policy_maker_of_company', affiliations?.directorOf)
    }
  })
}

const optionalField = (field: string, value: string | null | undefined) =>
  value ? { [field]: value } : {}

export const toAgreements = ({
  version,
  release_date,
  documents
}: z.output<typeof JikoAgreements>): Agreements => ({
  version,
  releasedOn: release_date,
  documents: documents.map(({ title, pdf_download_url, type, category }) => ({
    title,
    url: pdf_download_url,
    type,
    category
  }))
})

/**
 * A customer id with any status but APPROVED is ignored: one published example contradicts the
 * text (contracts: Jiko §2).
 */
export const toBankApplication = (application: JikoApplication): BankApplication => ({
  jikoApplicationId: application.id,
  status: application.status,
  customerId: application.status === 'APPROVED' ? application.customer_id : null,
  documents: requestedDocuments(application)
})

const IDENTITY_DOCUMENTS = ['PASSPORT', 'ID_FRONT', 'ID_BACK', 'SELFIE']

/**
 * The listed documents and those that only a flag requests; Jiko does not document which it uses
 * when (contracts: Jiko §2).
 */
function requestedDocuments(application: JikoApplication): RequestedDocument[] {
  const listed = application.documents.map(({ id, type, status, exception_reason }) => ({
    id,
    type,
    status,
    reason: exception_reason
  }))
  const unlisted = (asked: boolean | null | undefined, types: string[]) =>
    asked ? unlistedDocuments(listed, types) : []
  return [
    ...listed,
    ...unlisted(application.id_verification_documents_needed, IDENTITY_DOCUMENTS),
    ...unlisted(application.identification_number_verification_document_needed, [
      'IDENTIFICATION_NUMBER_VERIFICATION'
    ]),
    ...unlisted(application.address_verification_document_needed, ['ADDRESS_VERIFICATION'])
  ]
}

export const toBankPocket = (pocket: JikoPocket): BankPocket => ({
  jikoPocketId: pocket.id,
  jikoCustomerId: pocket.customer_id,
  name: pocket.pocket_name,
  status: pocket.status,
  balance: pocket.portfolio?.total_value ? toMoney(pocket.portfolio.total_value) : null,
  cash: pocket.portfolio?.cash ? toMoney(pocket.portfolio.cash) : null,
  securities: pocket.portfolio?.securities?.map(toSecurity) ?? [],
  depositStrategyId: pocket.deposit_strategy_id,
  reinvestmentStrategyId: pocket.reinvestment_strategy_id
})

const toSecurity = (security: z.output<typeof JikoSecurity>): PocketSecurity => ({
  cusip: security.cusip,
  description: security.description ?? security.cusip ?? 'Security',
  quantity: String(security.quantity ?? ''),
  value: security.market_value ? toMoney(security.market_value) : null,
  maturesOn: security.maturity_date,
  yieldToMaturity: security.yield_to_maturity
})

export const toStatement = ({
  id,
  jiko_account_id,
  type,
  key
}: z.output<typeof JikoStatement>): Statement => ({
  jikoStatementId: id,
  jikoPocketId: jiko_account_id,
  kind: type,
  period: key
})

export const toBankPortals = ({ portals }: z.output<typeof JikoPortals>): BankPortal[] =>
  portals.map(({ routing_number, account_number, status }) => ({
    routingNumber: routing_number,
    accountNumber: account_number,
    status
  }))

export const toStrategies = ({ items }: z.output<typeof JikoStrategies>): InvestmentStrategy[] =>
  items.map(({ id, description, yield_to_maturity, applicable_to }) => ({
    id,
    description,
    yieldToMaturity: yield_to_maturity,
    forDeposits: applicable_to.includes('DEPOSIT'),
    forReinvestment: applicable_to.includes('REINVESTMENT')
  }))

export const toPocketTransaction = (transaction: JikoTransaction): PocketTransaction => ({
  jikoTransactionId: transaction.id,
  type: transaction.type,
  title: transaction.title ?? transaction.description ?? transaction.type,
  amount: applyDirection(toMoney(transaction.amount), transaction.direction),
  pending: transaction.status !== 'SETTLED',
  bookedAt: transaction.time_booked,
  settledAt: transaction.time_settled
})

/**
 * The direction names are inferred: amounts are magnitudes and DEBIT is money out (contracts: Jiko
 * §5).
 */
function applyDirection({ minor, currency }: Money, direction: string): Money {
  const magnitude = minor < 0n ? -minor : minor
  const out = minor < 0n || /^(DEBIT|OUT|OUTGOING|OUTBOUND)$/i.test(direction)
  return { minor: out ? -magnitude : magnitude, currency }
}
