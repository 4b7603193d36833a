/**
 * Session and handshake tokens: RS256, 60 seconds, claims as in the hosted service. Uses real time,
 * not the movable clock.
 */
import {
  createHmac,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type JsonWebKey,
  type KeyObject,
  randomBytes,
  sign
} from 'node:crypto'
import type { JwtTemplateRecord } from '@/sandbox/clerk/backend/records'
import type { KeyRecord, SessionRecord } from '@/sandbox/clerk/records'
import type { Collection } from '@/sandbox/core/store'

const SESSION_CATEGORY = 'cl_B7d4PD111AAA'
const LIFETIME_SECONDS = 60
const SKEW_ALLOWED_SECONDS = 10

export type SessionClaims = {
  /** Minutes since each factor was verified. */
  ages: [first: number, second: number]
  /** Origin of the calling page; the Backend API has none. */
  azp: string | undefined
  /** Seconds. */
  lifetime?: number | undefined
  /** The active organization, as version 2 of the token names it. */
  organization?: { id: string; slg: string; rol: string } | undefined
}

export type Signer = {
  sessionToken(session: SessionRecord, claims: SessionClaims): string
  /** A token of a template, signed with the template's own key if it has one (HS256). */
  templateToken(template: JwtTemplateRecord, claims: object): string
  handshakeToken(directives: string[]): string
  jwks(): { keys: JsonWebKey[] }
  /**
   * Restores the key after the store was emptied, because verifiers cache it for minutes under the
   * same kid.
   */
  restore(): void
}

export function createSigner(keys: Collection<KeyRecord>, kid: string, issuer: string): Signer {
  const kept = keys.get(kid) ?? keys.put(keyOfProcess(kid))
  const privateKey = createPrivateKey({ key: kept.privateKey, format: 'jwk' })
  const encode = (category: string | undefined, payload: object) =>
    encodeToken({ alg: 'RS256', cat: category, kid, typ: 'JWT' }, payload, privateKey)
  return {
    sessionToken: (session, { ages: fva, azp, lifetime = LIFETIME_SECONDS, organization }) => {
      const iat = Math.floor(Date.now() / 1000)
      return encode(SESSION_CATEGORY, {
        ...(session.actor ? { act: session.actor } : {}),
        ...(azp ? { azp } : {}),
        exp: iat + lifetime,
        fva,
        iat,
        iss: issuer,
        jti: randomBytes(10).toString('hex'),
        nbf: iat - SKEW_ALLOWED_SECONDS,
        ...(organization ? { o: organization } : {}),
        sid: session.id,
        sts: 'active',
        sub: session.userId,
        v: 2
      })
    },
    templateToken: (template, claims) => {
      const iat = Math.floor(Date.now() / 1000)
      const payload = {
        exp: iat + template.lifetime,
        iat,
        iss: issuer,
        jti: randomBytes(10).toString('hex'),
        nbf: iat - template.allowedClockSkew,
        ...claims
      }
      return template.signingKey === null
        ? encode('cl_B7d4PD222AAA', payload)
        : encodeWithSecret(payload, template.signingKey)
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

const made = new Map<string, KeyRecord>()

/** One key per kid: a verifier in this process caches the key of an earlier emulator for minutes. */
function keyOfProcess(kid: string): KeyRecord {
  const key = made.get(kid) ?? newKey(kid)
  made.set(kid, key)
  return key
}

const newKey = (id: string): KeyRecord => ({
  id,
  privateKey: generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({
    format: 'jwk'
  })
})

const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')

function encodeWithSecret(payload: object, secret: string): string {
  const body = `${part({ alg: 'HS256', typ: 'JWT' })}.${part(payload)}`
  return `${body}.${createHmac('sha256', secret).update(body).digest('base64url')}`
}

function encodeToken(header: object, payload: object, key: KeyObject): string {
  const body = `${part(header)}.${part(payload)}`
  return `${body}.${sign('RSA-SHA256', Buffer.from(body), key).toString('base64url')}`
}
