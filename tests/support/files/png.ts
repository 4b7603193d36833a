import { crc32, deflateSync } from 'node:zlib'

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])

export function pngChunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const ends = Buffer.alloc(8)
  ends.writeUInt32BE(data.length, 0)
  ends.writeUInt32BE(crc32(body), 4)
  return Buffer.concat([ends.subarray(0, 4), body, ends.subarray(4)])
}

/**
 * A complete black-and-white PNG of this size in pixels; an ignored chunk pads it to `bytes`,
 * starting with `text`.
 */
export function pngOf(
  width: number,
  height: number,
  bytes = 2_000,
  text = ''
): Uint8Array<ArrayBuffer> {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.writeUInt8(1, 8)
  const image = pngChunk('IDAT', deflateSync(Buffer.alloc((Math.ceil(width / 8) + 1) * height)))
  const parts = [SIGNATURE, pngChunk('IHDR', header), image, pngChunk('IEND', Buffer.alloc(0))]
  const filler = bytes - Buffer.concat(parts).length - 12
  const skipped = Buffer.alloc(Math.max(0, filler))
  skipped.write(text)
  if (filler > 0) parts.splice(2, 0, pngChunk('fiLl', skipped))
  return new Uint8Array(Buffer.concat(parts))
}
