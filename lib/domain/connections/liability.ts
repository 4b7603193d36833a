import type { CalendarDate } from '@/lib/domain/dates'
import type { Money } from '@/lib/domain/money/money'

export const LIABILITY_KINDS = ['credit', 'student', 'mortgage'] as const
export type LiabilityKind = (typeof LIABILITY_KINDS)[number]

/** The yearly rate as decimal text in percent, such as "21.49", and Plaid's name for it. */
export type InterestRate = { type: string; percentage: string }

/** The terms of one card or loan as the institution reports them; null where it did not say. */
export type Liability = {
  kind: LiabilityKind
  rates: InterestRate[]
  minimum: Money | null
  dueOn: CalendarDate | null
  overdue: boolean | null
  statement: Money | null
  statementOn: CalendarDate | null
}

export type SyncedLiability = Liability & { plaidAccountId: string; currency: string }

/** A card's rate for purchases, else the first rate that the institution lists. */
export const mainRate = ({ rates }: Pick<Liability, 'rates'>): InterestRate | null =>
  rates.find(({ type }) => type === 'purchase_apr') ?? rates[0] ?? null
