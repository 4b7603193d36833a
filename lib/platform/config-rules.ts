/** What a deployment refuses to start with in `pangea.config.ts`. */
import { approved, brand, company, fees, mail, treasuryYield } from '@/pangea.config'

const TO_REVIEW: Record<keyof typeof approved, string> = {
  legal: 'the texts in app/(site)',
  fees: 'fees',
  yield: 'treasuryYield'
}
/** Addresses under .example are reserved and never delivered to (RFC 2606). */
const isPlaceholder = (value: string): boolean =>
  /\.example\b|\blocalhost\b|\bExample\b/i.test(value)

/** @returns one sentence per placeholder; none if real users may read what the file says. */
export function configProblems(): string[] {
  const values = {
    'brand.support.email': brand.support.email,
    'company.address': company.address,
    'company.securityEmail': company.securityEmail,
    'mail.sender': mail.sender,
    'treasuryYield.source.url': treasuryYield.source.url
  }
  const placeholders = Object.entries(values).filter(([, value]) => isPlaceholder(value))
  const unapproved = Object.entries(TO_REVIEW).filter(
    ([name]) => !approved[name as keyof typeof approved]
  )
  return [
    ...(fees.length ? [] : ['pangea.config.ts: fees is empty. List what the account costs.']),
    ...placeholders.map(([name]) => `pangea.config.ts: ${name} is a placeholder.`),
    ...unapproved.map(
      ([name, what]) =>
        `pangea.config.ts: approved.${name} has no date. Review ${what}, then set the day of approval.`
    )
  ]
}
