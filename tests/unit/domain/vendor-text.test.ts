import { describe, expect, it } from 'vitest'
import { cleanText } from '@/lib/domain/vendor-text'

describe('vendor text', () => {
  it.each([
    ['  Corner Market  ', 'Corner Market'],
    ['Corner\u0000 Market', 'Corner Market'],
    ['Corner\u0000\u0000Market', 'CornerMarket'],
    ['Corner\r\n\tMarket', 'Corner Market'],
    ['\u202Etekram\u202C renroC\u2066', 'tekram renroC'],
    ['half \uD83D emoji', 'half  emoji'],
    ['whole 🏦 emoji', 'whole 🏦 emoji'],
    ['', null],
    [' \u0000\n ', null]
  ])('%j is stored as %j', (text, stored) => {
    expect(cleanText(text, 100)).toBe(stored)
  })

  it('is cut to the longest length, counting an emoji as one character', () => {
    expect(cleanText('abcdef', 6)).toBe('abcdef')
    expect(cleanText('abcdefg', 6)).toBe('abcdef')
    expect(cleanText('🏦🏦🏦', 3)).toBe('🏦🏦🏦')
    expect(cleanText('🏦🏦🏦🏦', 3)).toBe('🏦🏦🏦')
    expect(cleanText('abc def', 4)).toBe('abc')
  })

  it('is read up to eight times its length, so that long vendor text costs little', () => {
    expect(cleanText(`${' '.repeat(15)}ab`, 2)).toBe('a')
    expect(cleanText(`${' '.repeat(14)}ab`, 2)).toBe('ab')
    expect(cleanText(`${' '.repeat(16)}ab`, 2)).toBeNull()
  })
})
