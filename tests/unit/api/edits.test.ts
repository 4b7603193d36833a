import { describe, expect, it } from 'vitest'
import { BulkEditInput, NewRuleInput, TransactionEditInput } from '@/lib/api/transaction-edits'

const ID = '3f2c1d9e-8a4b-4c6d-9e0f-1a2b3c4d5e6f'
const fieldsOf = (
  schema: typeof TransactionEditInput | typeof BulkEditInput | typeof NewRuleInput,
  input: unknown
) => [...new Set(schema.safeParse(input).error?.issues.map(({ path }) => path.join('.')))]

describe('edit input', () => {
  it('keeps emoji and line breaks of a note, trims names, and treats an empty text as none', () => {
    const edit = TransactionEditInput.parse({
      note: ' with 👩‍👩‍👧 \r\nat the\tlake ',
      merchant: '  Corner \n Roast ',
      tags: [' trip ']
    })
    expect(edit).toEqual({
      note: 'with 👩‍👩‍👧 \nat the lake',
      merchant: 'Corner Roast',
      tags: ['trip']
    })
    expect(TransactionEditInput.parse({ note: '  ', merchant: '' })).toEqual({
      note: null,
      merchant: null
    })
  })

  it('accepts a category that the user named, on one line', () => {
    expect(TransactionEditInput.parse({ category: 'own:  Kids\n school ' })).toEqual({
      category: 'own:Kids school'
    })
    expect(fieldsOf(TransactionEditInput, { category: 'own: ' })).toEqual(['category'])
    expect(fieldsOf(TransactionEditInput, { category: `own:${'x'.repeat(41)}` })).toEqual([
      'category'
    ])
  })

  it('drops characters that the storage refuses', () =>
    expect(TransactionEditInput.parse({ note: 'a\u0000b\ud800c' })).toEqual({ note: 'abc' }))

  it('counts an emoji as one character', () => {
    expect(TransactionEditInput.safeParse({ note: '😀'.repeat(2_000) }).success).toBe(true)
    expect(fieldsOf(TransactionEditInput, { note: '😀'.repeat(2_001) })).toEqual(['note'])
  })

  it.each<[unknown, string[]]>([
    [{ note: 'x'.repeat(5_000) }, ['note']],
    [{ merchant: 'x'.repeat(101) }, ['merchant']],
    [{ category: 'NONSENSE' }, ['category']],
    [{ tags: Array.from({ length: 21 }, (_, n) => `t${n}`) }, ['tags']],
    [{ tags: ['  '] }, ['tags.0']],
    [{ parts: [{ minor: '-5' }] }, ['parts']],
    [{ parts: [{ minor: '0' }, { minor: '-5' }] }, ['parts.0.minor']],
    [{ amount: 5 }, ['']],
    [{}, ['']]
  ])('refuses %.50j', (input, fields) =>
    expect(fieldsOf(TransactionEditInput, input)).toEqual(fields)
  )
})

describe('bulk edit input', () => {
  const change = { category: 'TRAVEL' }
  it('accepts ids or a filter, never both, neither, or an unknown filter', () => {
    expect(BulkEditInput.safeParse({ id: ID, ids: [ID], change }).success).toBe(true)
    expect(BulkEditInput.safeParse({ id: ID, filter: {}, except: [ID], change }).success).toBe(true)
    for (const which of [
      {},
      { ids: [ID], filter: {} },
      { ids: [] },
      { filter: { catgory: 'TRAVEL' } },
      { filter: { min: 'x' } }
    ])
      expect(
        BulkEditInput.safeParse({ id: ID, ...which, change }).success,
        JSON.stringify(which)
      ).toBe(false)
    expect(BulkEditInput.safeParse({ id: ID, filter: {}, change: {} }).success).toBe(false)
  })
})

describe('rule input', () => {
  it('requires a condition and a change', () => {
    expect(NewRuleInput.parse({ text: ' Roast ', category: 'TRAVEL' })).toMatchObject({
      match: 'contains',
      text: 'Roast',
      category: 'TRAVEL',
      merchant: null
    })
    expect(fieldsOf(NewRuleInput, { category: 'TRAVEL' })).toEqual(['text'])
    expect(fieldsOf(NewRuleInput, { text: 'Roast' })).toEqual(['category'])
  })
})
