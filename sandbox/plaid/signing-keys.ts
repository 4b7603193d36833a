/**
 * The ES256 keys that sign webhooks. They are stored on disk, so that a restart does not invalidate
 * a cached key.
 */
import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  sign
} from 'node:crypto'
import { z } from 'zod'
import type { Ids } from '@/sandbox/core/ids'
import type { Store } from '@/sandbox/core/store'

type KeyRecord = { id: string; pem: string; createdAt: number; expiredAt: number | null }

export type SigningKeys = {
  /**
   * The Plaid-Verification header for these exact bytes, signed now (real time, never the sandbox
   * clock).
   */
  signBody(body: string): string
  /** The public key as /webhook_verification_key/get returns it; undefined for an unknown kid. */
  find(kid: string): Record<string, unknown> | undefined
  /** Retires the current key and creates another; returns its kid. */
  rotate(): string
}

const base64url = (value: string | Buffer) => Buffer.from(value).toString('base64url')
const seconds = () => Math.floor(Date.now() / 1000)
/** Receivers tolerate clocks that differ by a minute. */
const MAX_AHEAD_SECONDS = 30
const PublicSchema = z.object({ x: z.string(), y: z.string() })

export function createSigningKeys(store: Store, ids: Ids): SigningKeys {
  const kept = store.collection<KeyRecord>('webhook-keys')
  const make = () =>
    kept.put({
      id: ids.uuid('webhook-key'),
      pem: generateKeyPairSync('ec', { namedCurve: 'P-256' })
        .privateKey.export({ format: 'pem', type: 'pkcs8' })
        .toString(),
      createdAt: seconds(),
      expiredAt: null
    })
  const current = () => kept.find((key) => key.expiredAt === null) ?? make()
  const issueTime = createIssueTimes()
  return {
    signBody(body) {
      const hash = createHash('sha256').update(body).digest('hex')
      return signJwt(current(), { iat: issueTime(hash), request_body_sha256: hash })
    },
    find(kid) {
      const key = kept.get(kid)
      return key && toPublicKey(key)
    },
    rotate() {
      for (const key of kept.filter((k) => k.expiredAt === null))
        kept.put({ ...key, expiredAt: seconds() })
      return make().id
    }
  }
}

/**
 * The seconds at which webhooks are signed. Receivers tell webhooks apart by body and second, so
 * two with the same body get different seconds, as from a real bank.
 */
function createIssueTimes() {
  const issued = new Map<string, number>()
  return (bodyHash: string): number => {
    const now = seconds()
    for (const [hash, at] of issued) if (at < now) issued.delete(hash)
    const next = Math.min((issued.get(bodyHash) ?? now - 1) + 1, now + MAX_AHEAD_SECONDS)
    issued.set(bodyHash, next)
    return next
  }
}

function signJwt(key: KeyRecord, claims: object): string {
  const header = base64url(JSON.stringify({ alg: 'ES256', kid: key.id, typ: 'JWT' }))
  const payload = base64url(JSON.stringify(claims))
  const signature = sign('sha256', Buffer.from(`${header}.${payload}`), {
    key: createPrivateKey(key.pem),
    dsaEncoding: 'ieee-p1363'
  })
  return `${header}.${payload}.${base64url(signature)}`
}

function toPublicKey(key: KeyRecord): Record<string, unknown> {
  const { x, y } = PublicSchema.parse(createPublicKey(key.pem).export({ format: 'jwk' }))
  return {
    alg: 'ES256',
    crv: 'P-256',
    kid: key.id,
    kty: 'EC',
    use: 'sig',
    x,
    y,
    created_at: key.createdAt,
    expired_at: key.expiredAt
  }
}
