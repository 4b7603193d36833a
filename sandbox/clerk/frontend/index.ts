/** The Frontend API: every route that browsers reach, also through the app's proxy. */
import type { Hono } from 'hono'
import { environmentShape } from '@/sandbox/clerk/environment'
import { createDevBrowser } from '@/sandbox/clerk/frontend/caller'
import { addHandshake } from '@/sandbox/clerk/frontend/handshake'
import { addMe } from '@/sandbox/clerk/frontend/me'
import { addPhones } from '@/sandbox/clerk/frontend/phones'
import { addReverification } from '@/sandbox/clerk/frontend/reverification'
import { addSecondFactors } from '@/sandbox/clerk/frontend/second-factors'
import { addSessions } from '@/sandbox/clerk/frontend/sessions'
import { addSignIns } from '@/sandbox/clerk/frontend/sign-ins'
import { addSignUps } from '@/sandbox/clerk/frontend/sign-ups'
import { addTicketLinks } from '@/sandbox/clerk/frontend/tickets'
import type { Instance } from '@/sandbox/clerk/instance'
import { addFrontendOrganizations } from '@/sandbox/clerk/organizations/frontend'

export function addFrontendApi(app: Hono, instance: Instance): void {
  app.post('/v1/dev_browser', (c) => {
    const { id } = createDevBrowser(instance)
    c.header('clerk-db-jwt', id)
    return c.json({ id, token: id })
  })
  // Fetched before a dev browser exists, and the same for every caller.
  app.on(['GET', 'PATCH', 'POST'], '/v1/environment', (c) =>
    c.json(environmentShape(instance) as never)
  )
  app.get('/.well-known/jwks.json', (c) => c.json(instance.signer.jwks() as never))
  addHandshake(app, instance)
  addSignUps(app, instance)
  addSignIns(app, instance)
  addSessions(app, instance)
  addReverification(app, instance)
  addMe(app, instance)
  addPhones(app, instance)
  addSecondFactors(app, instance)
  addTicketLinks(app, instance)
  addFrontendOrganizations(app, instance)
}
