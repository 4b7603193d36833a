/** Deterministic ids: the same seed and the same sequence of requests give the same ids. */
import { createHash } from 'node:crypto'
import type { Store } from '@/sandbox/core/store'

export type Ids = {
  /** A new uuid. Each `kind` has its own sequence, so its ids do not depend on other kinds. */
  uuid(kind: string): string
  /** A new text of `length` characters from A-Z a-z 0-9. */
  text(kind: string, length: number): string
}

export function createIds(store: Store, seed: string): Ids {
  const counters = store.collection<{ id: string; n: number }>('counters')
  const next = (kind: string) => {
    const n = (counters.get(kind)?.n ?? 0) + 1
    counters.put({ id: kind, n })
    return createHash('sha512').update(`${seed}:${kind}:${n}`).digest()
  }
  return {
    uuid: (kind) => uuidFrom(next(kind)),
    text: (kind, length) => textFrom(next(kind), length)
  }
}

export function uuidFrom(bytes: Buffer): string {
  const b = Buffer.from(bytes.subarray(0, 16))
  b.writeUInt8((b.readUInt8(6) & 0x0f) | 0x40, 6)
  b.writeUInt8((b.readUInt8(8) & 0x3f) | 0x80, 8)
  const hex = b.toString('hex')
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    hex.slice(12, 16),
    hex.slice(16, 20),
    hex.slice(20)
  ].join('-')
}

const ALPHABET = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz0123456789'

export function textFrom(bytes: Buffer, length: number): string {
  return Array.from(
    { length },
    (_, i) => ALPHABET[bytes.readUInt8(i % bytes.length) % ALPHABET.length]
  ).join('')
}

/** Seeded pseudo-random numbers in [0, 1) (mulberry32 over a hash of the text). */
export function seededRandom(seed: string): () => number {
  let state = createHash('sha256').update(seed).digest().readUInt32LE(0)
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}
