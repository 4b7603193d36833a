/** Whom the bank cannot serve at all. That is no mistake to correct, so it is answered with a page and not with a message. */

import { type CalendarDate, yearsBetween } from '@/lib/domain/dates'
import type { DraftAnswer } from '@/lib/domain/onboarding/application'
import { US_STATES } from '@/lib/domain/onboarding/states-and-countries'

export const INELIGIBLE = ['under_18', 'not_served'] as const
export type IneligibilityReason = (typeof INELIGIBLE)[number]

const MIN_AGE = 18
const SERVED_STATES = new Set<string>(US_STATES.map(([code]) => code))

/**
 * Why this answer means that the bank cannot open an account; null when it can. Served are the states of the bank's own list
 * (contracts: Jiko §2). @param today the date by which age is counted.
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
