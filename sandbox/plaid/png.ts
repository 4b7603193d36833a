/** Draws the stand-in banks' marks as small PNG pictures, so that nothing of any bank or vendor is copied. */
import { crc32, deflateSync } from 'node:zlib'

export type Shape = 'disc' | 'bars' | 'diamond' | 'arch' | 'wave' | 'ring'

const SIZE = 64

/** A white shape on a coloured rounded square: base64 without a data: prefix. */
export function drawMark(colour: string, shape: Shape): string {
  const rgb = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16))
  const rows = Buffer.alloc(SIZE * (SIZE * 4 + 1))
  for (let y = 0; y < SIZE; y++) {
    for (let x = 0; x < SIZE; x++) {
      const at = y * (SIZE * 4 + 1) + 1 + x * 4
      const white = inside(shape, (x + 0.5) / SIZE - 0.5, (y + 0.5) / SIZE - 0.5)
      for (const [channel, value] of rgb.entries()) rows[at + channel] = white ? 255 : value
      rows[at + 3] = inCorner(x, y) ? 0 : 255
    }
  }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(SIZE, 0)
  header.writeUInt32BE(SIZE, 4)
  header.set([8, 6, 0, 0, 0], 8)
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))]).toString('base64')
}

/** @param x, y from the middle, -0.5 to 0.5, y downwards. */
function inside(shape: Shape, x: number, y: number): boolean {
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
      return (y > 0.18 && y < 0.28 && Math.abs(x) < 0.3) || (y <= 0.18 && y > -0.05 && Math.abs(Math.abs(x) - 0.2) < 0.06) || (y <= -0.05 && radius < 0.28)
    case 'wave':
      return Math.abs(y - Math.sin(x * 14) * 0.09) < 0.07 && Math.abs(x) < 0.34
  }
}

function inCorner(x: number, y: number): boolean {
  const radius = 12
  const dx = Math.max(radius - x - 0.5, x + 0.5 - (SIZE - radius), 0)
  const dy = Math.max(radius - y - 0.5, y + 0.5 - (SIZE - radius), 0)
  return Math.hypot(dx, dy) > radius
}

function chunk(type: string, data: Buffer): Buffer {
  const length = Buffer.alloc(4)
  length.writeUInt32BE(data.length)
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const sum = Buffer.alloc(4)
  sum.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, sum])
}
