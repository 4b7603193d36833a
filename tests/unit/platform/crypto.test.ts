import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  decrypt,
  type EncryptionContext,
  encrypt,
  equalsSecret,
  randomId,
  sha256
} from '@/lib/platform/crypto'
import { setEncryptionKeys, setEnvironment } from '@/tests/support/environment'

const key = (fill: number) => Buffer.alloc(32, fill).toString('base64')
const place: EncryptionContext = { table: 'connection_secrets', row: 'row-1', owner: 'user_1' }
const secret = 'access-sandbox-0b0c1f6e'

beforeAll(() => setEnvironment())
beforeEach(() => setEncryptionKeys(`main:${key(1)}`))

describe('encrypt', () => {
  it.each([secret, '', '東京 🏦 Zürich', 'x'.repeat(100_000)])('round-trips a text', (text) =>
    expect(decrypt(encrypt(text, place), place)).toBe(text)
  )

  it('reveals nothing of the text and never gives the same result twice', () => {
    const sealed = encrypt(secret, place)
    expect(sealed).toMatch(/^main\.[\w-]+$/)
    expect(Buffer.from(sealed.slice(5), 'base64url').toString('latin1')).not.toContain('access')
    expect(encrypt(secret, place)).not.toBe(sealed)
  })
})

describe('decrypt', () => {
  it.each<[string, EncryptionContext]>([
    ['another row', { ...place, row: 'row-2' }],
    ['another owner', { ...place, owner: 'user_2' }],
    ['another table', { ...place, table: 'application_drafts' }],
    [
      'a row and an owner whose letters run together differently',
      { ...place, row: 'row-', owner: '1user_1' }
    ]
  ])('refuses a text that was moved to %s', (_, elsewhere) => {
    const sealed = encrypt(secret, place)
    expect(() => decrypt(sealed, elsewhere)).toThrow('cannot decrypt in this context')
  })

  it('refuses a text with any flipped bit', () => {
    const sealed = encrypt('token', place)
    const bytes = Buffer.from(sealed.slice(5), 'base64url')
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const flipped = Buffer.from(bytes)
      flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      expect(() => decrypt(`main.${flipped.toString('base64url')}`, place)).toThrow(
        'cannot decrypt in this context'
      )
    }
  })

  it.each(['', 'main', 'main.', 'main.AAAA', `main.${'A'.repeat(37)}`])('refuses %j', (sealed) =>
    expect(() => decrypt(sealed, place)).toThrow()
  )

  it('refuses a truncated text', () => {
    const sealed = encrypt(secret, place)
    for (let length = 5; length < sealed.length; length += 3)
      expect(() => decrypt(sealed.slice(0, length), place)).toThrow()
  })

  it('decrypts texts of an older key after a new one was added first, and encrypts with the new one', () => {
    const old = encrypt(secret, place)
    setEncryptionKeys(`next:${key(2)},main:${key(1)}`)
    expect(decrypt(old, place)).toBe(secret)
    expect(encrypt(secret, place)).toMatch(/^next\./)
  })

  it('reports a missing key, without the encrypted text', () => {
    const old = encrypt(secret, place)
    setEncryptionKeys(`next:${key(2)}`)
    expect(() => decrypt(old, place)).toThrow(/^encrypted with an unknown key$/)
  })

  it('refuses a text under a key of the same name but other bytes', () => {
    const old = encrypt(secret, place)
    setEncryptionKeys(`main:${key(9)}`)
    expect(() => decrypt(old, place)).toThrow('cannot decrypt in this context')
  })
})

describe('sha256', () => {
  it('is the standard hash, of text and bytes alike', () => {
    expect(sha256('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
    expect(sha256(new TextEncoder().encode('abc'))).toBe(sha256('abc'))
  })
})

describe('random ids', () => {
  it('are UUIDs for the database, and random in all 128 bits', () => {
    const ids = Array.from({ length: 200 }, randomId)
    for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
    const digits = ids.map((id) => id.replaceAll('-', ''))
    for (let n = 0; n < 32; n++)
      expect(new Set(digits.map((id) => id[n])).size, `digit ${n}`).toBeGreaterThan(8)
  })
})

describe('a guess', () => {
  it.each([
    ['1234', '1234', true],
    ['1234', '1235', false],
    ['1234', '12345', false],
    ['', '1234', false]
  ])('%j equals the secret %j: %s', (guess, kept, equal) =>
    expect(equalsSecret(guess, kept)).toBe(equal)
  )
})
