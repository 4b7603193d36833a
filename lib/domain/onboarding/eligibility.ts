/**
 * Eligibility rules. An ineligible user gets a page, not a validation message: there is nothing to
 * correct.
 */

import { type CalendarDate, yearsBetween } from '@/lib/domain/dates'
import type { DraftAnswer } from '@/lib/domain/onboarding/application'
import { US_STATES } from '@/lib/domain/onboarding/states-and-countries'

export const INELIGIBLE = ['under_18', 'not_served'] as const
export type IneligibilityReason = (typeof INELIGIBLE)[number]

const MIN_AGE = 18
const SERVED_STATES = new Set<string>(US_STATES.map(([code]) => code))

/**
 * Why this answer makes the user ineligible; null if it does not. Served states are Jiko's own
 * list (contracts: Jiko §2).
 * @param today the date at which age is counted.
 */
export function ineligibility(
  { question, answer }: DraftAnswer,
  today: CalendarDate
): IneligibilityReason | null {
  if (question === 'dateOfBirth')
    return yearsBetween(answer.date, today) < MIN_AGE ? 'under_18' : null
  if (question === 'address') return SERVED_STATES.has(answer.state) ? null : 'not_served'
  return null
}
