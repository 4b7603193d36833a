/** Backend API: JWT templates. */
import type { Context, Hono } from 'hono'
import type { JwtTemplateRecord } from '@/sandbox/clerk/backend/records'
import { apiError, invalidValue, missingParam, notFound } from '@/sandbox/clerk/errors'
import { metadata, type Params, readParams, text } from '@/sandbox/clerk/frontend/caller'
import type { Instance } from '@/sandbox/clerk/instance'
import { listOrPage } from '@/sandbox/clerk/paging'

const LIFETIME_SECONDS = 60
const CLOCK_SKEW_SECONDS = 5

export function addJwtTemplates(app: Hono, instance: Instance): void {
  const { jwtTemplates } = instance.records
  const template = (c: Context): JwtTemplateRecord => {
    const found = jwtTemplates.get(c.req.param('id') ?? '')
    if (!found) throw notFound('JWT template')
    return found
  }
  app.get('/jwt_templates', (c) =>
    c.json(listOrPage(c, jwtTemplates.all(), templateShape) as never)
  )
  app.post('/jwt_templates', async (c) => {
    const now = instance.now()
    const blank: JwtTemplateRecord = {
      id: `jtmp_${instance.ids.text('jwt template', 27)}`,
      name: '',
      claims: {},
      lifetime: LIFETIME_SECONDS,
      allowedClockSkew: CLOCK_SKEW_SECONDS,
      signingKey: null,
      signingAlgorithm: 'RS256',
      createdAt: now,
      updatedAt: now
    }
    return c.json(templateShape(save(instance, blank, await readParams(c))) as never)
  })
  app.get('/jwt_templates/:id', (c) => c.json(templateShape(template(c)) as never))
  app.patch('/jwt_templates/:id', async (c) => {
    const changed = { ...template(c), updatedAt: instance.now() }
    return c.json(templateShape(save(instance, changed, await readParams(c))) as never)
  })
  app.delete('/jwt_templates/:id', (c) => {
    const { id } = template(c)
    jwtTemplates.delete(id)
    return c.json({ object: 'jwt_template', id, deleted: true })
  })
}

function save(instance: Instance, template: JwtTemplateRecord, params: Params): JwtTemplateRecord {
  const { jwtTemplates } = instance.records
  const name = text(params, 'name')
  const claims = metadata(params, 'claims')
  if (!name) throw missingParam('name')
  if (!claims) throw missingParam('claims')
  if (jwtTemplates.find((t) => t.name === name && t.id !== template.id))
    throw apiError(
      422,
      'form_identifier_exists',
      'A JWT template with that name exists.',
      undefined,
      'name'
    )
  return jwtTemplates.put({
    ...template,
    ...signing(params),
    name,
    claims,
    lifetime: seconds(params, 'lifetime', template.lifetime, [30, 315_360_000]),
    allowedClockSkew: seconds(params, 'allowed_clock_skew', template.allowedClockSkew, [0, 300])
  })
}

/** A key of its own is a shared secret here; the hosted service also takes RSA keys. */
function signing(params: Params): Pick<JwtTemplateRecord, 'signingKey' | 'signingAlgorithm'> {
  if (params.custom_signing_key !== true) return { signingKey: null, signingAlgorithm: 'RS256' }
  const algorithm = text(params, 'signing_algorithm')
  const signingKey = text(params, 'signing_key')
  if (algorithm !== 'HS256') throw invalidValue('signing_algorithm')
  if (!signingKey) throw missingParam('signing_key')
  return { signingKey, signingAlgorithm: algorithm }
}

function seconds(
  params: Params,
  name: string,
  fallback: number,
  [min, max]: [min: number, max: number]
): number {
  const given = params[name]
  if (given === undefined || given === null) return fallback
  if (!Number.isInteger(given) || Number(given) < min || Number(given) > max)
    throw invalidValue(name)
  return Number(given)
}

const templateShape = (template: JwtTemplateRecord) => ({
  object: 'jwt_template',
  id: template.id,
  name: template.name,
  claims: template.claims,
  lifetime: template.lifetime,
  allowed_clock_skew: template.allowedClockSkew,
  custom_signing_key: template.signingKey !== null,
  signing_algorithm: template.signingAlgorithm,
  created_at: template.createdAt,
  updated_at: template.updatedAt
})
