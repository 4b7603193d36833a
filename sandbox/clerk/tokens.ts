/**
 * Session and handshake tokens: RS256, 60 seconds, claims as in the hosted service. Uses real time,
 * not the movable clock.
 */
import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type JsonWebKey,
  type KeyObject,
  randomBytes,
  sign
} from 'node:crypto'
import type { KeyRecord, SessionRecord } from '@/sandbox/clerk/records'
import type { Collection } from '@/sandbox/core/store'

const SESSION_CATEGORY = 'cl_B7d4PD111AAA'
const LIFETIME_SECONDS = 60
const SKEW_ALLOWED_SECONDS = 10

export type Signer = {
  /**
   * @param ages minutes since each factor was verified. @param azp origin of the calling page; the
   * Backend API has none. @param lifetime seconds.
   */
  sessionToken(
    session: SessionRecord,
    ages: [first: number, second: number],
    azp: string | undefined,
    lifetime?: number
  ): string
  handshakeToken(directives: string[]): string
  jwks(): { keys: JsonWebKey[] }
  /**
   * Restores the key after the store was emptied, because verifiers cache it for minutes under the
   * same kid.
   */
  restore(): void
}

export function createSigner(keys: Collection<KeyRecord>, kid: string, issuer: string): Signer {
  const kept =
    keys.get(kid) ??
    keys.put({
      id: kid,
      privateKey: generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({
        format: 'jwk'
      })
    })
  const privateKey = createPrivateKey({ key: kept.privateKey, format: 'jwk' })
  const encode = (category: string | undefined, payload: object) =>
    encodeToken({ alg: 'RS256', cat: category, kid, typ: 'JWT' }, payload, privateKey)
  return {
    sessionToken: (session, fva, azp, lifetime = LIFETIME_SECONDS) => {
      const iat = Math.floor(Date.now() / 1000)
      return encode(SESSION_CATEGORY, {
        ...(azp ? { azp } : {}),
        exp: iat + lifetime,
        fva,
        iat,
        iss: issuer,
        jti: randomBytes(10).toString('hex'),
        nbf: iat - SKEW_ALLOWED_SECONDS,
        sid: session.id,
        sts: 'active',
        sub: session.userId,
        v: 2
      })
    },
    handshakeToken: (handshake) => encode(undefined, { handshake }),
    jwks: () => ({
      keys: [
        { ...createPublicKey(privateKey).export({ format: 'jwk' }), use: 'sig', alg: 'RS256', kid }
      ]
    }),
    restore: () => {
      keys.put(kept)
    }
  }
}

function encodeToken(header: object, payload: object, key: KeyObject): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const body = `${part(header)}.${part(payload)}`
  return `${body}.${sign('RSA-SHA256', Buffer.from(body), key).toString('base64url')}`
}
