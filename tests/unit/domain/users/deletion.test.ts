import { describe, expect, it } from 'vitest'
import {
  DELETION_PHRASES,
  DELETION_STEPS,
  type DeletionProgress,
  POCKET_NOT_EMPTY,
  POCKET_OVERDRAWN,
  stepStates,
  TRANSFER_IN_PROGRESS
} from '@/lib/domain/users/deletion'

const AT = '2026-11-28T12:00:00.000Z'
const states = (status: DeletionProgress['status'], done: number) =>
  stepStates({
    status,
    doneAt: Object.fromEntries(
      DELETION_STEPS.map((step, n) => [step, n < done ? AT : null])
    ) as DeletionProgress['doneAt']
  }).map(({ step, state }) => `${step} ${state}`)

describe('the steps of a deletion', () => {
  it('are done in order, one at a time', () => {
    expect(states('in_progress', 0)).toEqual([
      'items current',
      'bank ahead',
      'rows ahead',
      'sign_in ahead'
    ])
    expect(states('pending', 2)).toEqual([
      'items done',
      'bank done',
      'rows current',
      'sign_in ahead'
    ])
  })

  it('are all done once the deletion is complete, also those without a time', () => {
    expect(states('completed', 3)).toEqual(['items done', 'bank done', 'rows done', 'sign_in done'])
  })

  it('keep the codes and the phrase that stored rows and users know', () => {
    expect([POCKET_NOT_EMPTY, POCKET_OVERDRAWN, TRANSFER_IN_PROGRESS]).toEqual([
      'POCKET_NOT_EMPTY',
      'POCKET_OVERDRAWN',
      'MONEY_ON_ITS_WAY'
    ])
    expect(DELETION_PHRASES).toEqual({ en: 'delete everything', es: 'eliminar todo' })
  })
})
