import { describe, expect, test } from 'vitest'
import {
  APPLICATION_STATUSES,
  categoriesOf,
  EMPLOYMENT_STATUSES,
  isFinal,
  needsOccupation,
  toOutcome
} from '@/lib/domain/onboarding/application'

describe('an application', () => {
  test.each([
    ['CREATED', 'in_review', false],
    ['PENDING', 'in_review', false],
    ['SUBMITTED', 'in_review', false],
    ['MANUAL_REVIEW', 'in_review', false],
    ['DOCUMENTS_NEEDED', 'documents_needed', false],
    ['APPROVED', 'approved', true],
    ['REJECTED', 'rejected', true],
    ['A_STATUS_OF_TOMORROW', 'in_review', false]
  ])('with the status %s is shown as %s; final: %s', (status, outcome, final) => {
    expect([toOutcome(status), isFinal(status)]).toEqual([outcome, final])
  })

  test('has one of Jiko’s seven statuses', () => {
    expect(new Set(APPLICATION_STATUSES).size).toBe(7)
  })

  test('needs an occupation from those who work or have worked', () => {
    expect(EMPLOYMENT_STATUSES.filter(needsOccupation)).toEqual([
      'EMPLOYED',
      'INDEPENDENT',
      'RETIRED'
    ])
  })
})

describe('agreements', () => {
  const groupsOf = (...given: string[]) => categoriesOf(given.map((category) => ({ category })))

  test('are grouped with the consent to electronic documents first', () => {
    expect(groupsOf('GENERAL', 'BROKERAGE', 'BANK', 'E-SIGN', 'BANK')).toEqual([
      'E-SIGN',
      'BANK',
      'BROKERAGE',
      'GENERAL'
    ])
  })

  test('of a new group follow the known ones', () => {
    expect(groupsOf('CRYPTO', 'GENERAL')).toEqual(['GENERAL', 'CRYPTO'])
  })
})
