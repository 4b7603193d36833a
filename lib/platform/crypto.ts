import 'server-only'
import { createCipheriv, createDecipheriv, createHash, createHmac, randomBytes } from 'node:crypto'
import { env } from '@/lib/platform/env'

/** Where a sealed text belongs. It cannot be opened anywhere else. */
export type EncryptionContext = { table: string; row: string; owner: string }

const associatedData = (context: EncryptionContext) =>
  Buffer.from(`${context.table}\n${context.row}\n${context.owner}`)

/** Seals a text with AES-256-GCM under the newest key: `keyId.base64url(iv ‖ ciphertext ‖ tag)`. */
export function encrypt(text: string, context: EncryptionContext): string {
  const [newest] = env().encryptionKeys
  if (!newest) throw new Error('no encryption key')
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

/** @throws Error without detail when the text was moved, altered, or its key is gone. */
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

/** Hex SHA-256. */
export const sha256 = (data: string | Uint8Array): string =>
  createHash('sha256').update(data).digest('hex')

/** Four digits that follow from a text for whoever holds the newest key, and are anybody's guess otherwise. */
export function deriveCode(text: string): string {
  const [newest] = env().encryptionKeys
  if (!newest) throw new Error('no encryption key')
  return String(
    1_000 + (createHmac('sha256', newest.key).update(text).digest().readUInt32BE() % 9_000)
  )
}
