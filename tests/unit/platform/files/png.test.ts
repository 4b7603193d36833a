import { describe, expect, it } from 'vitest'
import { createPngValidator } from '@/lib/platform/files/png'
import { pngChunk, pngOf } from '@/tests/support/files/png'

const GOOD = Buffer.from(pngOf(1_200, 800, 4_000))

/** The first error in a file that arrives in chunks of this size. */
function faultOf(file: Uint8Array, pieces = 700) {
  const check = createPngValidator()
  for (let at = 0; at < file.length; at += pieces) {
    const fault = check.read(file.subarray(at, at + pieces))
    if (fault) return fault
  }
  return check.finish()
}

const changed = (at: number, value: number) => {
  const file = Buffer.from(GOOD)
  file[at] = value
  return file
}

describe('checkPng', () => {
  it.each([1, 7, 8, 700, 100_000])('accepts a complete image in chunks of %i bytes', (pieces) =>
    expect(faultOf(GOOD, pieces)).toBeNull()
  )

  it('refuses a file that only starts like a PNG', () => {
    expect(
      faultOf(
        Buffer.concat([GOOD.subarray(0, 8), Buffer.from('<script>alert(1)</script>'.repeat(50))])
      )
    ).toBe('damaged')
    expect(faultOf(Buffer.from('%PDF-1.7'.repeat(40)))).toBe('not_png')
    expect(faultOf(GOOD.subarray(0, 5))).toBe('not_png')
  })

  it('refuses a truncated file, at any byte', () => {
    for (let length = 9; length < GOOD.length; length += 13)
      expect(faultOf(GOOD.subarray(0, length))).toBe('damaged')
  })

  it('refuses a file with a changed byte, at any position', () => {
    for (let at = 8; at < GOOD.length; at += 11)
      expect(faultOf(changed(at, (GOOD[at] ?? 0) ^ 0xff))).not.toBeNull()
  })

  it('refuses trailing data, an image without pixels, and one that claims too many', () => {
    expect(faultOf(Buffer.concat([GOOD, Buffer.from('more')]))).toBe('damaged')
    const withHeader = (width: number, height: number) => {
      const header = Buffer.alloc(13)
      header.writeUInt32BE(width, 0)
      header.writeUInt32BE(height, 4)
      return Buffer.concat([
        GOOD.subarray(0, 8),
        pngChunk('IHDR', header),
        pngChunk('IEND', Buffer.alloc(0))
      ])
    }
    expect(faultOf(withHeader(0, 10))).toBe('damaged')
    expect(faultOf(withHeader(100_000, 100_000))).toBe('too_many_pixels')
    expect(faultOf(withHeader(10, 10))).toBe('damaged')
  })
})
