import 'server-only'
import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  randomBytes,
  timingSafeEqual
} from 'node:crypto'
import { env } from '@/lib/platform/env'

/**
 * The associated data of an encrypted value: it decrypts only for the same table, row and owner.
 */
export type EncryptionContext = { table: string; row: string; owner: string }

const associatedData = (context: EncryptionContext) =>
  Buffer.from(`${context.table}\n${context.row}\n${context.owner}`)

function newestKey() {
  const [newest] = env().encryptionKeys
  if (!newest) throw new Error('no encryption key')
  return newest
}

/** The id of the key that encrypts new values. */
export const newestKeyId = (): string => newestKey().id

/** The ids of the configured keys, newest first. */
export const keyIds = (): string[] => env().encryptionKeys.map(({ id }) => id)

/** Encrypts with AES-256-GCM under the newest key: `keyId.base64url(iv ‖ ciphertext ‖ tag)`. */
export function encrypt(text: string, context: EncryptionContext): string {
  const newest = newestKey()
  const iv = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', newest.key, iv).setAAD(associatedData(context))
  const sealed = Buffer.concat([
    iv,
    cipher.update(text, 'utf8'),
    cipher.final(),
    cipher.getAuthTag()
  ])
  return `${newest.id}.${sealed.toString('base64url')}`
}

/**
 * Decrypts a value. @throws Error without details if it was moved or altered, or its key is
 * missing.
 */
export function decrypt(sealed: string, context: EncryptionContext): string {
  const [keyId, body = ''] = sealed.split('.')
  const key = env().encryptionKeys.find(({ id }) => id === keyId)
  if (!key) throw new Error('encrypted with an unknown key')
  const bytes = Buffer.from(body, 'base64url')
  try {
    const decipher = createDecipheriv('aes-256-gcm', key.key, bytes.subarray(0, 12))
      .setAAD(associatedData(context))
      .setAuthTag(bytes.subarray(-16))
    return Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()]).toString(
      'utf8'
    )
  } catch {
    throw new Error('cannot decrypt in this context')
  }
}

export const sha256 = (data: string | Uint8Array): string =>
  createHash('sha256').update(data).digest('hex')

/** A four-digit code derived from the text and the newest key; not predictable without the key. */
export function deriveCode(text: string): string {
  return String(
    1_000 + (createHmac('sha256', newestKey().key).update(text).digest().readUInt32BE() % 9_000)
  )
}

/**
 * Keyed digests of a text under each configured key, newest first: they compare texts without
 * storing them.
 */
export const keyedDigests = (text: string): string[] =>
  env().encryptionKeys.map(
    ({ id, key }) =>
      `${id}.${createHmac('sha256', key).update(`digest\n${text}`).digest('base64url')}`
  )

/** Compares a guess with a secret in a time that depends on neither. */
export const equalsSecret = (guess: string, secret: string): boolean =>
  timingSafeEqual(
    createHash('sha256').update(guess).digest(),
    createHash('sha256').update(secret).digest()
  )

/**
 * 128 random bits in the form of a UUID, for an id that is a permission by itself. A version 4 UUID
 * has 122.
 */
export const randomId = (): string =>
  randomBytes(16)
    .toString('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')

/** A random token of 256 bits for a URL that works without signing in. */
export const randomToken = (): string => randomBytes(32).toString('base64url')
