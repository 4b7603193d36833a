/** Signs webhooks as Plaid does, and in ways that Plaid never would. */
import { createHash, createHmac, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'

export type SigningKey = { kid: string; privateKey: KeyObject; jwk: Record<string, unknown> }

export function makeKey(kid: string, expired_at: number | null = null): SigningKey {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const jwk = {
    ...publicKey.export({ format: 'jwk' }),
    alg: 'ES256',
    use: 'sig',
    kid,
    created_at: 1_700_000_000,
    expired_at
  }
  return { kid, privateKey, jwk }
}

export const bodyHash = (body: string | Uint8Array) =>
  createHash('sha256').update(body).digest('hex')
const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
const seconds = () => Math.floor(Date.now() / 1_000)

/**
 * Plaid's own: ES256 over the hash of the exact bytes. `age` is in seconds; below zero is the
 * future.
 */
export function signed(
  key: SigningKey,
  body: string | Uint8Array,
  { age = 0, header = {}, claims = {} }: Signing = {}
): string {
  const input = `${part({ alg: 'ES256', typ: 'JWT', kid: key.kid, ...header })}.${part({ iat: seconds() - age, request_body_sha256: bodyHash(body), ...claims })}`
  return `${input}.${sign('sha256', Buffer.from(input), { key: key.privateKey, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`
}

type Signing = { age?: number; header?: Record<string, unknown>; claims?: Record<string, unknown> }

/** No signature at all. */
export const unsigned = (kid: string, body: string) =>
  `${part({ alg: 'none', typ: 'JWT', kid })}.${part({ iat: seconds(), request_body_sha256: bodyHash(body) })}.`

/** A symmetric signature made with the public key. */
export function signedWithPublicKey(key: SigningKey, body: string): string {
  const input = `${part({ alg: 'HS256', typ: 'JWT', kid: key.kid })}.${part({ iat: seconds(), request_body_sha256: bodyHash(body) })}`
  return `${input}.${createHmac('sha256', JSON.stringify(key.jwk)).update(input).digest('base64url')}`
}
