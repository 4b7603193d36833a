/** Backend API: domains of the instance, and the URLs that native apps return to. */
import type { Hono } from 'hono'
import type { DomainRecord, RedirectUrlRecord } from '@/sandbox/clerk/backend/records'
import { apiError, invalidValue, missingParam, notFound } from '@/sandbox/clerk/errors'
import { readParams, text } from '@/sandbox/clerk/frontend/caller'
import type { Instance } from '@/sandbox/clerk/instance'
import { listOrPage } from '@/sandbox/clerk/paging'

export function addDomains(app: Hono, instance: Instance): void {
  const { domains } = instance.records
  const primary: DomainRecord = {
    id: `dmn_${instance.id.slice(4)}`,
    name: instance.host,
    proxyUrl: null
  }
  const found = (id: string): DomainRecord => {
    const domain = id === primary.id ? primary : domains.get(id)
    if (!domain) throw notFound('domain')
    return domain
  }
  const shape = (domain: DomainRecord) =>
    domainShape(domain, domain === primary ? instance.url : null)
  app.get('/domains', (c) => {
    const all = [primary, ...domains.all()]
    return c.json({ data: all.map((d) => shape(d)), total_count: all.length })
  })
  app.post('/domains', async (c) => {
    const params = await readParams(c)
    const name = text(params, 'name')
    if (!name) throw missingParam('name')
    if (params.is_satellite !== true) throw invalidValue('is_satellite')
    if (name === primary.name || domains.find((d) => d.name === name)) throw domainTaken()
    const id = `dmn_${instance.ids.text('domain', 27)}`
    const proxyUrl = text(params, 'proxy_url') ?? null
    return c.json(shape(domains.put({ id, name, proxyUrl })))
  })
  app.patch('/domains/:id', async (c) => {
    const domain = found(c.req.param('id'))
    const params = await readParams(c)
    if (domain === primary) throw primaryDomain()
    const name = text(params, 'name') ?? domain.name
    const proxyUrl = 'proxy_url' in params ? (text(params, 'proxy_url') ?? null) : domain.proxyUrl
    return c.json(shape(domains.put({ ...domain, name, proxyUrl })))
  })
  app.delete('/domains/:id', (c) => {
    const domain = found(c.req.param('id'))
    if (domain === primary) throw primaryDomain()
    domains.delete(domain.id)
    return c.json({ object: 'domain', id: domain.id, deleted: true })
  })
}

const domainTaken = () =>
  apiError(422, 'form_identifier_exists', 'That domain is taken.', undefined, 'name')

const primaryDomain = () =>
  apiError(
    403,
    'operation_not_allowed_on_primary_domain',
    'This operation is not allowed on the primary domain.'
  )

const domainShape = ({ id, name, proxyUrl }: DomainRecord, portalUrl: string | null) => ({
  object: 'domain',
  id,
  name,
  is_satellite: portalUrl === null,
  frontend_api_url: portalUrl ? `https://${name}` : `https://clerk.${name}`,
  accounts_portal_url: portalUrl,
  proxy_url: proxyUrl,
  development_origin: '',
  cname_targets: []
})

export function addRedirectUrls(app: Hono, instance: Instance): void {
  const { redirectUrls } = instance.records
  const found = (id: string): RedirectUrlRecord => {
    const url = redirectUrls.get(id)
    if (!url) throw notFound('redirect url')
    return url
  }
  app.get('/redirect_urls', (c) =>
    c.json(listOrPage(c, redirectUrls.all(), redirectUrlShape) as never)
  )
  app.post('/redirect_urls', async (c) => {
    const url = text(await readParams(c), 'url')
    if (!url) throw missingParam('url')
    if (!URL.canParse(url)) throw invalidValue('url')
    if (redirectUrls.find((r) => r.url === url))
      throw apiError(
        422,
        'duplicate_record',
        'duplicate record',
        'The redirect url is taken.',
        'url'
      )
    const now = instance.now()
    const id = `ru_${instance.ids.text('redirect url', 27)}`
    return c.json(redirectUrlShape(redirectUrls.put({ id, url, createdAt: now, updatedAt: now })))
  })
  app.get('/redirect_urls/:id', (c) => c.json(redirectUrlShape(found(c.req.param('id')))))
  app.delete('/redirect_urls/:id', (c) => {
    const { id } = found(c.req.param('id'))
    redirectUrls.delete(id)
    return c.json({ object: 'redirect_url', id, deleted: true })
  })
}

const redirectUrlShape = ({ id, url, createdAt, updatedAt }: RedirectUrlRecord) => ({
  object: 'redirect_url',
  id,
  url,
  created_at: createdAt,
  updated_at: updatedAt
})
