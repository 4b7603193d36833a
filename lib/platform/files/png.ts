import 'server-only'
import { crc32 } from 'node:zlib'

export type PngError = 'not_png' | 'damaged' | 'too_many_pixels'

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
const CHUNK_HEAD = 8
const CRC = 4
/** Larger than any photo; a small file can claim billions of pixels. */
const MAX_PIXELS = 100_000_000

type ChunkPart = 'signature' | 'head' | 'data' | 'crc' | 'end'

type State = {
  part: ChunkPart
  /** How many bytes the part has, and those that have arrived. */
  wanted: number
  held: Buffer
  chunk: { type: string; left: number; crc: number }
  seen: { header: boolean; image: boolean }
}

/**
 * Validates a PNG while it streams: signature, chunks with checksums, dimensions, image data and
 * end (https://www.w3.org/TR/png-3/#5Chunk-layout). `read` and `finish` return the first error, or
 * null.
 */
export function createPngValidator() {
  const state: State = {
    part: 'signature',
    wanted: SIGNATURE.length,
    held: Buffer.alloc(0),
    chunk: { type: '', left: 0, crc: 0 },
    seen: { header: false, image: false }
  }
  return {
    read(bytes: Uint8Array): PngError | null {
      let rest = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
      while (rest.length > 0) {
        if (state.part === 'end') return 'damaged'
        if (state.part === 'data' && state.wanted === 0) {
          rest = rest.subarray(passData(state, rest))
          continue
        }
        const missing = state.wanted - state.held.length
        state.held = Buffer.concat([state.held, rest.subarray(0, missing)])
        rest = rest.subarray(missing)
        const fault = state.held.length === state.wanted ? readPart(state, state.held) : null
        if (fault) return fault
      }
      return null
    },
    finish(): PngError | null {
      if (state.part === 'end' && state.seen.image) return null
      return state.part === 'signature' ? 'not_png' : 'damaged'
    }
  }
}

function next(state: State, part: ChunkPart, wanted: number): null {
  Object.assign(state, { part, wanted, held: Buffer.alloc(0) })
  return null
}

function readPart(state: State, bytes: Buffer): PngError | null {
  const { part, chunk } = state
  if (part === 'signature')
    return bytes.equals(SIGNATURE) ? next(state, 'head', CHUNK_HEAD) : 'not_png'
  if (part === 'head') return readHead(state, bytes)
  if (part === 'data') return readHeader(state, bytes)
  if (bytes.readUInt32BE(0) !== chunk.crc) return 'damaged'
  if (chunk.type === 'IDAT') state.seen.image = true
  return chunk.type === 'IEND' ? next(state, 'end', 0) : next(state, 'head', CHUNK_HEAD)
}

function readHead(state: State, bytes: Buffer): PngError | null {
  const type = bytes.toString('latin1', 4)
  if (!/^[A-Za-z]{4}$/.test(type) || (type === 'IHDR') === state.seen.header) return 'damaged'
  const left = bytes.readUInt32BE(0)
  state.chunk = { type, left, crc: crc32(bytes.subarray(4)) }
  if (type === 'IHDR') return left === 13 ? next(state, 'data', 13) : 'damaged'
  return left > 0 ? next(state, 'data', 0) : next(state, 'crc', CRC)
}

function readHeader(state: State, bytes: Buffer): PngError | null {
  const [width, height] = [bytes.readUInt32BE(0), bytes.readUInt32BE(4)]
  if (width === 0 || height === 0) return 'damaged'
  if (width * height > MAX_PIXELS) return 'too_many_pixels'
  state.seen.header = true
  state.chunk = { ...state.chunk, left: 0, crc: crc32(bytes, state.chunk.crc) }
  return next(state, 'crc', CRC)
}

/** Updates the checksum without keeping the image data. @returns the bytes consumed. */
function passData(state: State, bytes: Buffer): number {
  const { chunk } = state
  const taken = bytes.subarray(0, chunk.left)
  state.chunk = { ...chunk, left: chunk.left - taken.length, crc: crc32(taken, chunk.crc) }
  if (state.chunk.left === 0) next(state, 'crc', CRC)
  return taken.length
}
