/** The Backend API: every route that the secret key opens. */
import { randomBytes } from 'node:crypto'
import { Hono } from 'hono'
import { addPhoneNumbers, addUserSecondFactors } from '@/sandbox/clerk/backend/phone-numbers'
import { requireSecretKey } from '@/sandbox/clerk/backend/secret-key'
import { addBackendSessions } from '@/sandbox/clerk/backend/sessions'
import { addUsers } from '@/sandbox/clerk/backend/users'
import { notFound } from '@/sandbox/clerk/errors'
import { redeemNonce } from '@/sandbox/clerk/frontend/handshake'
import type { Instance } from '@/sandbox/clerk/instance'

const ROOTS = [
  'jwks',
  'clients',
  'users',
  'phone_numbers',
  'sessions',
  'sign_in_tokens',
  'testing_tokens'
]

export function addBackendApi(app: Hono, instance: Instance): void {
  const api = new Hono()
  api.get('/jwks', (c) => c.json(instance.signer.jwks() as never))
  api.get('/clients/handshake_payload', (c) => {
    const directives = redeemNonce(instance, c.req.query('nonce') ?? '')
    if (!directives) throw notFound('handshake payload')
    return c.json({ directives })
  })
  api.post('/testing_tokens', (c) =>
    c.json({
      object: 'testing_token',
      token: randomBytes(24).toString('base64url'),
      expires_at: Math.floor(Date.now() / 1000) + 3_600
    })
  )
  addUsers(api, instance)
  addPhoneNumbers(api, instance)
  addUserSecondFactors(api, instance)
  addBackendSessions(api, instance)

  const gate = requireSecretKey(instance.options.secretKey)
  for (const root of ROOTS) {
    app.use(`/v1/${root}`, gate)
    app.use(`/v1/${root}/*`, gate)
  }
  app.route('/v1', api)
}
