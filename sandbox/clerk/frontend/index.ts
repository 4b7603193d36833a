/** The Frontend API: what the browser may reach, also through the app's proxy. */
import type { Hono } from 'hono'
import { environmentShape } from '../environment'
import type { Instance } from '../instance'
import { createDevBrowser } from './caller'
import { addHandshake } from './handshake'
import { addMe } from './me'
import { addPhones } from './phones'
import { addReverification } from './reverification'
import { addSecondFactors } from './second-factors'
import { addSessions } from './sessions'
import { addSignIns } from './sign-ins'
import { addSignUps } from './sign-ups'

export function addFrontendApi(app: Hono, instance: Instance): void {
  app.post('/v1/dev_browser', (c) => {
    const { id } = createDevBrowser(instance)
    c.header('clerk-db-jwt', id)
    return c.json({ id, token: id })
  })
  // Fetched before a dev browser may be known, and the same for everyone.
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
}
