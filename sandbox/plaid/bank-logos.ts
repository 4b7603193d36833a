/**
 * Draws the emulated banks' logos as small PNG images, so that no bank's or vendor's artwork is
 * copied.
 */
import { crc32, deflateSync } from 'node:zlib'

export type LogoShape = 'disc' | 'bars' | 'diamond' | 'arch' | 'wave' | 'ring'

const SIZE = 64

/** A white shape on a coloured rounded square: base64 without a data: prefix. */
export function drawLogo(colour: string, shape: LogoShape): string {
  const rgb = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16))
  const white = coverage(shape, (x, y) => isInside(shape, x, y))
  const square = coverage('square', inSquare)
  const rows = Buffer.alloc(SIZE * (SIZE * 4 + 1))
  for (let pixel = 0; pixel < SIZE * SIZE; pixel++) {
    const y = Math.floor(pixel / SIZE)
    const at = y * (SIZE * 4 + 1) + 1 + (pixel - y * SIZE) * 4
    const share = white[pixel] ?? 0
    for (const [channel, value] of rgb.entries())
      rows[at + channel] = Math.round(value + (255 - value) * share)
    rows[at + 3] = Math.round(255 * (square[pixel] ?? 0))
  }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(SIZE, 0)
  header.writeUInt32BE(SIZE, 4)
  header.set([8, 6, 0, 0, 0], 8)
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0))
  ]).toString('base64')
}

const drawn = new Map<string, Float32Array>()
const STEPS = [1 / 6, 3 / 6, 5 / 6]

/** The share of each pixel that a shape covers, from nine samples, so that edges are smooth. */
function coverage(name: string, covers: (x: number, y: number) => boolean): Float32Array {
  const known = drawn.get(name)
  if (known) return known
  const shares = Float32Array.from({ length: SIZE * SIZE }, (_, pixel) => {
    const [left, top] = [pixel % SIZE, Math.floor(pixel / SIZE)]
    const hits = STEPS.flatMap((dy) =>
      STEPS.filter((dx) => covers((left + dx) / SIZE - 0.5, (top + dy) / SIZE - 0.5))
    )
    return hits.length / 9
  })
  drawn.set(name, shares)
  return shares
}

/** @param x, y from the middle, -0.5 to 0.5, y downwards. */
function isInside(shape: LogoShape, x: number, y: number): boolean {
  const radius = Math.hypot(x, y)
  switch (shape) {
    case 'disc':
      return radius < 0.28
    case 'ring':
      return radius < 0.3 && radius > 0.17
    case 'diamond':
      return Math.abs(x) + Math.abs(y) < 0.32
    case 'bars':
      return Math.abs(y) < 0.28 && Math.abs(x) < 0.3 && Math.floor((x + 0.3) / 0.12) % 2 === 0
    case 'arch':
      return (
        (y > 0.18 && y < 0.28 && Math.abs(x) < 0.3) ||
        (y <= 0.18 && y > -0.05 && Math.abs(Math.abs(x) - 0.2) < 0.06) ||
        (y <= -0.05 && radius < 0.28)
      )
    case 'wave':
      return Math.abs(y - Math.sin(x * 14) * 0.09) < 0.07 && Math.abs(x) < 0.34
  }
}

function inSquare(x: number, y: number): boolean {
  const radius = 0.19
  return (
    Math.hypot(Math.max(Math.abs(x) - 0.5 + radius, 0), Math.max(Math.abs(y) - 0.5 + radius, 0)) <=
    radius
  )
}

function chunk(type: string, data: Buffer): Buffer {
  const length = Buffer.alloc(4)
  length.writeUInt32BE(data.length)
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const sum = Buffer.alloc(4)
  sum.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, sum])
}
