import { randomBytes } from 'node:crypto'

/**
 * A UUID of version 7 (RFC 9562): a time in milliseconds, then random bits. For rows that are written
 * in large numbers: they follow each other in the index of ids, so that a few of its pages change
 * instead of most. Not for ids that must not tell when they were made.
 */
export function timeOrderedId(at: number = Date.now()): string {
  const bytes = randomBytes(16)
  bytes.writeUIntBE(at, 0, 6)
  bytes.writeUInt8(0x70 | (bytes.readUInt8(6) & 0x0f), 6)
  bytes.writeUInt8(0x80 | (bytes.readUInt8(8) & 0x3f), 8)
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
