import { describe, expect, it } from 'vitest'
import {
  changedFields,
  type FormValues,
  toFormValues
} from '@/components/transactions/edit/edit-values'
import { applyOptimisticEdit } from '@/components/transactions/edit/optimistic-edit'
import type { TransactionDetailResponse } from '@/lib/api/transaction-edits'
import { SINGLE_FIELDS } from '@/lib/domain/transactions/edits'
import { transactionFixture } from '@/tests/support/fixtures/api'

const FORM = {
  category: 'TRAVEL',
  merchant: 'Corner Roast',
  note: '',
  tags: 'lisbon, trip',
  excluded: true
} as FormValues

const OWN = Object.fromEntries(
  SINGLE_FIELDS.map((field) => [field, null])
) as TransactionDetailResponse['own']

describe('the values of an edit form', () => {
  it('are what the user has set, and empty where a rule or the bank decides', () => {
    const row = transactionFixture(1, { merchantName: 'Roaster', tags: ['lisbon', 'trip'] })
    const empty = { category: '', merchant: '', note: '', excluded: false, tags: 'lisbon, trip' }
    expect(toFormValues(row, OWN)).toMatchObject(empty)
    expect(toFormValues(row, { ...OWN, category: 'TRAVEL', note: 'Lunch' })).toMatchObject({
      ...empty,
      category: 'TRAVEL',
      note: 'Lunch'
    })
  })

  it('show a transaction as excluded that a rule has excluded', () => {
    const row = transactionFixture(1, { kind: 'excluded' })
    expect(toFormValues(row, OWN).excluded).toBe(true)
  })

  it('are sent only where they changed', () => {
    expect(changedFields(FORM, { ...FORM })).toEqual({})
    expect(changedFields(FORM, { ...FORM, note: 'Lunch' })).toEqual({ note: 'Lunch' })
  })

  it('are sent as null where a text was emptied, and as a list for tags', () => {
    const emptied = { category: '', merchant: '', note: 'x', tags: 'trip, work', excluded: false }
    expect(changedFields(FORM, { ...FORM, ...emptied })).toEqual({
      category: null,
      merchant: null,
      note: 'x',
      tags: ['trip', 'work'],
      excluded: false
    })
    expect(changedFields(FORM, { ...FORM, tags: '' })).toEqual({ tags: [] })
  })
})

describe('the predicted row of an edit', () => {
  it('has the new values of the list columns, also an emptied one', () => {
    const row = transactionFixture(1, { note: 'Lunch', tags: ['work'] })
    expect(applyOptimisticEdit(row, { note: null, tags: ['trip'] })).toEqual({
      ...row,
      note: null,
      tags: ['trip']
    })
    expect(applyOptimisticEdit(row, { merchant: 'Corner Roast' })).toEqual({
      ...row,
      merchantName: 'Corner Roast'
    })
  })

  it('keeps the category and the note of a split part', () => {
    const row = transactionFixture(1, {
      note: 'Half',
      part: { n: 2, of: 2, whole: { minor: '-200', currency: 'USD' } }
    })
    expect(applyOptimisticEdit(row, { note: 'Whole', category: 'MEDICAL' })).toEqual(row)
  })
})
