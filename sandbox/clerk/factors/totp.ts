/**
 * Authenticator app codes: RFC 6238 with the usual settings (SHA-1, 30 seconds, 6 digits). Real
 * time, because phones use real time.
 */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
const STEP_MS = 30_000
/** Phone clocks drift: one step before and after is accepted too. */
const STEPS_ALLOWED = [-1, 0, 1]

/** A new secret of 160 bits, in base32. */
export const newSecret = (): string =>
  Array.from(randomBytes(32), (byte) => ALPHABET[byte % 32]).join('')

/** The URI inside the QR code. */
export const uriOf = (issuer: string, secret: string, account: string): string => {
  const parameters = new URLSearchParams({
    algorithm: 'SHA1',
    digits: '6',
    issuer,
    period: '30',
    secret
  })
  return `otpauth://totp/${encodeURIComponent(issuer)}:${encodeURIComponent(account)}?${parameters.toString()}`
}

/** The six digits an authenticator app shows at `at` (epoch milliseconds). */
export function codeAt(secret: string, at: number): string {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(at / STEP_MS)))
  const digest = createHmac('sha1', decode(secret)).update(counter).digest()
  const offset = (digest.at(-1) ?? 0) & 0x0f
  return String((digest.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0')
}

export function codeMatches(secret: string, code: string, at = Date.now()): boolean {
  const given = Buffer.from(code)
  return STEPS_ALLOWED.some((step) => {
    const expected = Buffer.from(codeAt(secret, at + step * STEP_MS))
    return given.length === expected.length && timingSafeEqual(given, expected)
  })
}

function decode(base32: string): Buffer {
  const bits = [...base32]
    .map((letter) => ALPHABET.indexOf(letter).toString(2).padStart(5, '0'))
    .join('')
  return Buffer.from(bits.match(/.{8}/g)?.map((byte) => Number.parseInt(byte, 2)) ?? [])
}
