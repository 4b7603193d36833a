import { randomUUID } from 'node:crypto'

/**
 * A UUID of version 7 (RFC 9562): a time in milliseconds, then random bits. For rows that are written
 * in large numbers: they follow each other in the index of ids, so that a few of its pages change
 * instead of most. Not for ids that must not tell when they were made.
 */
export function timeOrderedId(at: number = Date.now()): string {
  const time = at.toString(16).padStart(12, '0')
  // Version 4 has its random bits and its variant in the same places.
  return `${time.slice(0, 8)}-${time.slice(8)}-7${randomUUID().slice(15)}`
}
