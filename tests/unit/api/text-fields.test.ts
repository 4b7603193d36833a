import { describe, expect, it } from 'vitest'
import { cleanLine, cleanLines, lineUpTo, optionalText } from '@/lib/api/text-fields'

describe('text fields', () => {
  it('remove what the storage refuses and invisible characters', () => {
    const pasted = '\ufeffA\u0000da \u202aLove\u200blace\ud800'
    expect([cleanLine(pasted), cleanLines(pasted)]).toEqual(['Ada Lovelace', 'Ada Lovelace'])
  })

  it('keep the line feeds of a text of several lines, and single spaces on one line', () => {
    expect(cleanLines(' first\r\nsecond\tword ')).toBe('first\nsecond word')
    expect(cleanLine(' first\r\nsecond\t word ')).toBe('first second word')
  })

  it('keep emoji whole', () => expect(cleanLine('👩🏽‍🚀 👩‍👩‍👧')).toBe('👩🏽‍🚀 👩‍👩‍👧'))

  it('apply the same rules and the same count to application answers and edits', () => {
    const text = ' Caf\u0065\u0301\u0007 😀 '
    expect(optionalText(6, 'Too long').parse(text)).toBe('Café 😀')
    expect(lineUpTo(6).parse(text)).toBe('Café 😀')
    expect(optionalText(5, 'Too long').safeParse(text).success).toBe(false)
    expect(lineUpTo(5).safeParse(text).success).toBe(false)
  })
})
