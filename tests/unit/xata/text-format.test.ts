import { describe, expect, it } from 'vitest'
import { toRows } from '@/xata/drivers/text-format'

const parse = (type: number, value: string | null) =>
  toRows({ fields: [{ name: 'value', type }], rows: [[value]] })[0]?.value

describe('values of Postgres', () => {
  it.each([
    '2026-03-21 10:11:12+00',
    '2026-03-21 10:11:12.1+00',
    '2026-03-21 10:11:12.345678+00',
    '1999-12-31 23:59:59.999999+00',
    '2026-03-21 10:11:12+02',
    '2026-03-21 10:11:12.5-03:30'
  ])('reads the instant %s as JavaScript does', (text) => {
    expect(parse(1184, text)).toBe(new Date(text).toISOString())
  })
  it('keeps whole numbers exact, and leaves other text and null as they are', () => {
    expect(parse(20, '9007199254740993')).toBe(9007199254740993n)
    expect(parse(1700, '-12')).toBe(-12n)
    expect(parse(1700, '1.5')).toBe('1.5')
    expect(parse(23, '7')).toBe(7)
    expect(parse(16, 't')).toBe(true)
    expect(parse(16, 'f')).toBe(false)
    expect(parse(3802, '["a"]')).toEqual(['a'])
    expect(parse(1082, '2026-03-21')).toBe('2026-03-21')
    expect(parse(20, null)).toBeNull()
  })
})
