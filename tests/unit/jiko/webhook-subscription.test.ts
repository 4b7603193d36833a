import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { ensureSubscription, SUBSCRIBED_EVENTS } from '@/lib/services/jiko/webhook-subscription'
import { configureJiko } from '@/tests/support/jiko'

const URL_OF_APP = 'https://pangea.example/api/webhooks/jiko'
const SECRETS = ['whsec-newest-000000001', 'whsec-earlier-00000001']
type Asked = { method: string; path: string; body: unknown }
type Page = { items: { id: string; url: string }[]; next_page: string | null }

let server: Server
let asked: Asked[] = []
/** The pages of the list by cursor; the first has none. */
let pages: Record<string, Page> = {}

beforeAll(async () => {
  server = createServer(async (request, response) => {
    const { method = '', url = '' } = request
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const text = Buffer.concat(chunks).toString()
    if (url === '/api/v1/login/')
      return response.end(
        JSON.stringify({ token: 't', expires: new Date(Date.now() + 3_600_000).toISOString() })
      )
    asked.push({ method, path: url, body: text ? JSON.parse(text) : null })
    if (method === 'DELETE') return response.writeHead(204).end()
    const cursor = new URL(url, 'http://jiko').searchParams.get('cursor') ?? ''
    const known = { id: url.split('/').at(-2), url: URL_OF_APP }
    response.setHeader('content-type', 'application/json')
    response.end(
      JSON.stringify(
        method === 'GET' ? pages[cursor] : method === 'POST' ? { ...known, id: 'made' } : known
      )
    )
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  configureJiko(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
})
afterAll(() => server.close())
beforeEach(() => {
  asked = []
})

const LIST = '/api/v1/subscriptions/?limit=100'
const subscription = (id: string, url = URL_OF_APP) => ({ id, url })
const ensure = () => ensureSubscription({ url: URL_OF_APP, secrets: SECRETS })
const wanted = { events: SUBSCRIBED_EVENTS, url: URL_OF_APP, shared_secret: SECRETS[0] }

describe('the subscription to Jiko’s events', () => {
  it('is made with the newest secret where there is none for our address', async () => {
    pages = { '': { items: [subscription('other', 'https://other.example/')], next_page: null } }
    expect(await ensure()).toEqual({ id: 'made', url: URL_OF_APP })
    expect(asked).toEqual([
      { method: 'GET', path: LIST, body: null },
      { method: 'POST', path: '/api/v1/subscriptions/', body: wanted }
    ])
  })

  it('is updated and enabled again where it exists, and its duplicates are deleted', async () => {
    pages = {
      '': {
        items: [subscription('one'), subscription('two'), subscription('x', 'https://x.example/')],
        next_page: 'p2'
      },
      p2: { items: [subscription('three')], next_page: null }
    }
    expect(await ensure()).toEqual({ id: 'one', url: URL_OF_APP })
    expect(asked).toEqual([
      { method: 'GET', path: LIST, body: null },
      { method: 'GET', path: `${LIST}&cursor=p2`, body: null },
      { method: 'DELETE', path: '/api/v1/subscriptions/two/', body: null },
      { method: 'DELETE', path: '/api/v1/subscriptions/three/', body: null },
      {
        method: 'PATCH',
        path: '/api/v1/subscriptions/one/',
        body: { ...wanted, status: 'enabled' }
      }
    ])
  })

  it('is read to the end even if a page names itself as the next', async () => {
    pages = {
      '': { items: [], next_page: 'p2' },
      p2: { items: [subscription('one')], next_page: 'p2' }
    }
    expect(await ensure()).toMatchObject({ id: 'one' })
    expect(asked.filter(({ method }) => method === 'GET')).toHaveLength(2)
  })
})
