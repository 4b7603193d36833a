import { describe, expect, it } from 'vitest'
import {
  columnOf,
  EDIT_LIMITS,
  EDITABLE_FIELDS,
  fieldsWith,
  type ListValues,
  listValuesOf,
  SINGLE_FIELDS,
  splitsAddUp,
  splitsExceedTotal
} from '@/lib/domain/transactions/edits'

const parts = (...minors: bigint[]) => minors.map((minor) => ({ minor }))

describe('the editable fields', () => {
  it('are category, merchant, note, exclusion and tags', () => {
    const kinds = EDITABLE_FIELDS.map((field) => [field, columnOf(field).kind])
    // A new field does not have to be listed here.
    expect(Object.fromEntries(kinds)).toMatchObject({
      category: 'category',
      merchant: 'text',
      note: 'text',
      excluded: 'flag',
      tags: 'tags'
    })
    expect(SINGLE_FIELDS).toEqual(EDITABLE_FIELDS.filter((field) => field !== 'tags'))
  })

  it('can be set for many transactions and by rules, except notes and tags', () => {
    expect(fieldsWith('inBulk')).toEqual(['category', 'merchant', 'excluded'])
    expect(fieldsWith('inRules')).toEqual(['category', 'merchant', 'excluded'])
  })

  it('limit their texts, and only a note has more than one line', () => {
    expect([columnOf('merchant').maxLength, columnOf('note').maxLength]).toEqual([
      EDIT_LIMITS.merchant,
      EDIT_LIMITS.note
    ])
    expect(EDITABLE_FIELDS.filter((field) => columnOf(field).multiline)).toEqual(['note'])
  })

  it('of a list row are its note and its tags', () => {
    const values: Partial<ListValues> = { note: 'Lunch', tags: ['work'] }
    expect(listValuesOf({ id: 't1', ...values } as unknown as ListValues)).toEqual(values)
  })
})

describe('splits', () => {
  it.each([
    [[-300n, -700n], -1_000n, true],
    [[-300n, -699n], -1_000n, false],
    [[1_300n, -300n], 1_000n, true],
    [[], 0n, true],
    [[], 1n, false]
  ])('%o add up to %s: %s', (minors, minor, adds) => {
    expect(splitsAddUp(parts(...minors), { minor })).toBe(adds)
  })

  it.each([
    ['leave a remainder', [-1n, -300n, -699n], -1_000n, false],
    ['leave nothing', [-1n, -300n, -700n], -1_000n, true],
    ['take more than there is', [-1n, -300n, -701n], -1_000n, true],
    ['leave a remainder of money in', [1n, 300n, 699n], 1_000n, false],
    ['leave nothing of money in', [1n, 300n, 700n], 1_000n, true],
    ['take more than there is of money in', [1n, 300n, 701n], 1_000n, true],
    ['have another direction', [1n, -1_000n, 2_500n], 1_000n, false],
    ['have another direction than money out', [-1n, 1_000n, -2_500n], -1_000n, false],
    ['are none', [-1_000n], -1_000n, false],
    ['have a zero among them', [-500n, 0n, -1_000n], -1_000n, true],
    ['take from nothing', [1n, -1n], 0n, true]
  ])('after the first %s', (_, minors, minor, exceeds) => {
    expect(splitsExceedTotal(parts(...minors), { minor })).toBe(exceeds)
  })
})
