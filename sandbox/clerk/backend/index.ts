/** The Backend API: every route that the secret key opens. */
import { randomBytes } from 'node:crypto'
import { Hono } from 'hono'
import { addClients } from '@/sandbox/clerk/backend/clients'
import { addDomains, addRedirectUrls } from '@/sandbox/clerk/backend/domains'
import { addEmailAddresses } from '@/sandbox/clerk/backend/email-addresses'
import { addIdentifiers } from '@/sandbox/clerk/backend/identifiers'
import { addInstance } from '@/sandbox/clerk/backend/instance'
import { addInvitations } from '@/sandbox/clerk/backend/invitations'
import { addJwtTemplates } from '@/sandbox/clerk/backend/jwt-templates'
import { addPhoneNumbers } from '@/sandbox/clerk/backend/phone-numbers'
import { requireSecretKey } from '@/sandbox/clerk/backend/secret-key'
import { addBackendSessions } from '@/sandbox/clerk/backend/sessions'
import { addSignUpAttempts } from '@/sandbox/clerk/backend/sign-ups'
import { addTickets } from '@/sandbox/clerk/backend/tickets'
import { addUserSignIn } from '@/sandbox/clerk/backend/user-sign-in'
import { addUsers } from '@/sandbox/clerk/backend/users'
import type { Instance } from '@/sandbox/clerk/instance'
import { addBackendOrganizations } from '@/sandbox/clerk/organizations/backend'

const ROOTS = [
  'jwks',
  'clients',
  'users',
  'phone_numbers',
  'email_addresses',
  'sessions',
  'sign_in_tokens',
  'actor_tokens',
  'testing_tokens',
  'invitations',
  'allowlist_identifiers',
  'blocklist_identifiers',
  'sign_ups',
  'instance',
  'domains',
  'redirect_urls',
  'jwt_templates',
  'organizations',
  'organization_memberships',
  'organization_invitations',
  'organization_roles',
  'organization_permissions'
]

export function addBackendApi(app: Hono, instance: Instance): void {
  const api = new Hono()
  api.get('/jwks', (c) => c.json(instance.signer.jwks() as never))
  api.post('/testing_tokens', (c) =>
    c.json({
      object: 'testing_token',
      token: randomBytes(24).toString('base64url'),
      expires_at: Math.floor(Date.now() / 1000) + 3_600
    })
  )
  addUsers(api, instance)
  addPhoneNumbers(api, instance)
  addUserSignIn(api, instance)
  addEmailAddresses(api, instance)
  addBackendSessions(api, instance)
  addClients(api, instance)
  addTickets(api, instance)
  addInvitations(api, instance)
  addIdentifiers(api, instance)
  addSignUpAttempts(api, instance)
  addInstance(api, instance)
  addDomains(api, instance)
  addRedirectUrls(api, instance)
  addJwtTemplates(api, instance)
  addBackendOrganizations(api, instance)

  const gate = requireSecretKey(instance.options.secretKey)
  for (const root of ROOTS) {
    app.use(`/v1/${root}`, gate)
    app.use(`/v1/${root}/*`, gate)
  }
  app.route('/v1', api)
}
