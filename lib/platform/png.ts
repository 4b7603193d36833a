import 'server-only'
import { crc32 } from 'node:zlib'

export type PngError = 'not_png' | 'damaged' | 'too_many_pixels'

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
const CHUNK_HEAD = 8
const CRC = 4
/** Larger than any photo; a small file can claim billions of pixels. */
const MAX_PIXELS = 100_000_000

type ChunkPart = 'signature' | 'head' | 'data' | 'crc' | 'end'

/**
 * Validates a PNG while it streams: signature, chunks with checksums, dimensions, image data and
 * end (https://www.w3.org/TR/png-3/#5Chunk-layout). `read` and `finish` return the first error, or
 * null.
 */
export function createPngValidator() {
  let part: ChunkPart = 'signature'
  let wanted = SIGNATURE.length
  let held: Buffer = Buffer.alloc(0)
  let chunk = { type: '', left: 0, crc: 0 }
  let seen = { header: false, image: false }

  const next = (to: ChunkPart, bytes: number) => {
    part = to
    wanted = bytes
    held = Buffer.alloc(0)
    return null
  }

  function readPart(bytes: Buffer): PngError | null {
    if (part === 'signature') return bytes.equals(SIGNATURE) ? next('head', CHUNK_HEAD) : 'not_png'
    if (part === 'head') return readHead(bytes)
    if (part === 'data') return readHeader(bytes)
    if (bytes.readUInt32BE(0) !== chunk.crc) return 'damaged'
    if (chunk.type === 'IDAT') seen = { ...seen, image: true }
    return chunk.type === 'IEND' ? next('end', 0) : next('head', CHUNK_HEAD)
  }

  function readHead(bytes: Buffer): PngError | null {
    const type = bytes.toString('latin1', 4)
    if (!/^[A-Za-z]{4}$/.test(type) || (type === 'IHDR') === seen.header) return 'damaged'
    chunk = { type, left: bytes.readUInt32BE(0), crc: crc32(bytes.subarray(4)) }
    if (type === 'IHDR') return chunk.left === 13 ? next('data', 13) : 'damaged'
    return next(chunk.left > 0 ? 'data' : 'crc', chunk.left > 0 ? 0 : CRC)
  }

  function readHeader(bytes: Buffer): PngError | null {
    const [width, height] = [bytes.readUInt32BE(0), bytes.readUInt32BE(4)]
    if (width === 0 || height === 0) return 'damaged'
    if (width * height > MAX_PIXELS) return 'too_many_pixels'
    seen = { ...seen, header: true }
    chunk = { ...chunk, left: 0, crc: crc32(bytes, chunk.crc) }
    return next('crc', CRC)
  }

  /** Updates the checksum without keeping the image data. @returns the bytes consumed. */
  function passData(bytes: Buffer): number {
    const taken = bytes.subarray(0, chunk.left)
    chunk = { ...chunk, left: chunk.left - taken.length, crc: crc32(taken, chunk.crc) }
    if (chunk.left === 0) next('crc', CRC)
    return taken.length
  }

  return {
    read(bytes: Uint8Array): PngError | null {
      let rest = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
      while (rest.length > 0) {
        if (part === 'end') return 'damaged'
        if (part === 'data' && wanted === 0) {
          rest = rest.subarray(passData(rest))
          continue
        }
        const missing = wanted - held.length
        held = Buffer.concat([held, rest.subarray(0, missing)])
        rest = rest.subarray(missing)
        const fault = held.length === wanted ? readPart(held) : null
        if (fault) return fault
      }
      return null
    },
    finish: (): PngError | null =>
      part === 'end' && seen.image ? null : part === 'signature' ? 'not_png' : 'damaged'
  }
}
