/** Whom the bank cannot serve at all. That is no mistake to correct, so it is answered with a page and not with a message. */
import type { Answered } from '@/lib/domain/onboarding/application'
import { type CalendarDate, yearsBetween } from '@/lib/domain/dates'
import { STATES } from '@/lib/domain/onboarding/states-and-countries'

export const INELIGIBLE = ['under_18', 'not_served'] as const
export type Ineligible = (typeof INELIGIBLE)[number]

const ADULT = 18
const served = new Set<string>(STATES.map(([code]) => code))

/**
 * Why this answer means that the bank cannot open an account; null when it can. Served are the states of the bank's own list
 * (contracts: Jiko §2). @param today the date by which age is counted.
 */
export function ineligibility(
  { question, answer }: Answered,
  today: CalendarDate
): Ineligible | null {
  if (question === 'dateOfBirth')
    return yearsBetween(answer.date, today) < ADULT ? 'under_18' : null
  if (question === 'address') return served.has(answer.state) ? null : 'not_served'
  return null
}
