// @vitest-environment node
/** Hosted Link through the SDK: the address, its page, /link/token/get and the webhooks. */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Configuration, CountryCode, PlaidApi, Products } from 'plaid'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { RunningEmulator } from '@/sandbox/core/sandbox'
import { startPlaid } from '@/sandbox/plaid'
import { loadSchemaCheck, type SchemaCheck } from '@/scripts/fidelity/plaid-schemas'
import { completeLink } from '@/tests/support/plaid/link-session'

type Body = { webhook_type: string; webhook_code: string; link_token: string }

let check: SchemaCheck
let receiver: Server
let hook: string
let running: RunningEmulator
let plaid: PlaidApi
let arrivals: Body[] = []

beforeAll(async () => {
  check = loadSchemaCheck({ closed: true })
  receiver = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      arrivals.push(JSON.parse(Buffer.concat(chunks).toString('utf8')) as Body)
      response.writeHead(200).end()
    })
  })
  await new Promise<void>((ready) => receiver.listen(0, '127.0.0.1', ready))
  hook = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`
}, 60_000)
afterAll(() => new Promise((closed) => receiver.close(closed)))

beforeEach(async () => {
  arrivals = []
  running = await startPlaid({ port: 0, dataDir: null, clientId: 'id', secret: 'secret' })
  plaid = new PlaidApi(
    new Configuration({
      basePath: running.url,
      baseOptions: {
        timeout: 5_000,
        proxy: false,
        headers: { 'PLAID-CLIENT-ID': 'id', 'PLAID-SECRET': 'secret' }
      }
    })
  )
})
afterEach(() => running.close())

async function create(hosted_link?: object) {
  const { data } = await plaid.linkTokenCreate({
    client_name: 'Test',
    language: 'en',
    country_codes: [CountryCode.Us],
    user: { client_user_id: 'user' },
    products: [Products.Transactions],
    webhook: hook,
    ...(hosted_link ? { hosted_link } : {})
  })
  check('LinkTokenCreateResponse', data)
  return data
}
async function sessionsOf(link_token: string) {
  const { data } = await plaid.linkTokenGet({ link_token })
  check('LinkTokenGetResponse', data)
  return data.link_sessions ?? []
}
const minutesUntil = (time: string) => Math.round((Date.parse(time) - Date.now()) / 60_000)
async function post(path: string, body: object) {
  const response = await fetch(`${running.url}/link/api/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body)
  })
  return response.json()
}

describe('Hosted Link', () => {
  it('has an address for half an hour, or as long as asked, and only where it was asked for', async () => {
    const { hosted_link_url = '', expiration } = await create({})
    expect(new URL(hosted_link_url).origin).toBe(running.url)
    expect(minutesUntil(expiration)).toBe(30)
    expect(minutesUntil((await create({ url_lifetime_seconds: 7_200 })).expiration)).toBe(120)
    expect(await create()).not.toHaveProperty('hosted_link_url')
    await expect(create({ url_lifetime_seconds: 0 })).rejects.toMatchObject({
      response: { data: { error_code: 'INVALID_FIELD' } }
    })
  })

  it('has a page that runs Link for its own token, and may load nothing from elsewhere', async () => {
    const { hosted_link_url = '', link_token } = await create({})
    const page = await fetch(hosted_link_url)
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(await page.text()).toContain('/link/ui/hosted.js')
    const id = hosted_link_url.split('/').at(-1)
    expect(await post('hosted', { id })).toMatchObject({ link_token })
    expect(await post('hosted', { id: link_token })).toMatchObject({
      error: { error_code: 'INVALID_LINK_TOKEN' }
    })
  })

  it('reports a result to /link/token/get and by webhook, and is over then', async () => {
    const { link_token } = await create({})
    expect(await sessionsOf(link_token)).toEqual([])
    const { publicToken } = await completeLink(running.url, { linkToken: link_token })
    const [session] = await sessionsOf(link_token)
    expect(session?.results?.item_add_results).toMatchObject([
      { public_token: publicToken, institution: { institution_id: 'ins_109508' } }
    ])
    expect(session?.finished_at).toEqual(expect.any(String))
    await running.deliveries.settle()
    expect(arrivals.map(({ webhook_code }) => webhook_code)).toEqual([
      'ITEM_ADD_RESULT',
      'SESSION_FINISHED'
    ])
    check('LinkSessionFinishedWebhook', arrivals[1])
    expect(arrivals[1]).toMatchObject({
      webhook_type: 'LINK',
      status: 'SUCCESS',
      link_token,
      public_tokens: [publicToken]
    })
    await expect(completeLink(running.url, { linkToken: link_token })).rejects.toThrow(
      'INVALID_LINK_TOKEN'
    )
  })

  it('reports that it was closed', async () => {
    const { link_token } = await create({})
    const metadata = { exit_status: 'requires_credentials', link_session_id: 's', request_id: 'r' }
    await post('event', { link_token, name: 'OPEN', metadata: {} })
    await post('event', { link_token, name: 'EXIT', metadata })
    expect((await sessionsOf(link_token))[0]).toMatchObject({
      finished_at: expect.any(String),
      exit: { error: null, metadata: { status: 'requires_credentials' } },
      results: { item_add_results: [] }
    })
    await running.deliveries.settle()
    expect(arrivals).toMatchObject([{ webhook_code: 'SESSION_FINISHED', status: 'EXITED' }])
    check('LinkSessionFinishedWebhook', arrivals[0])
  })

  it('is not announced for a session in the app’s own page', async () => {
    const { link_token } = await create()
    await completeLink(running.url, { linkToken: link_token })
    await running.deliveries.settle()
    expect(arrivals).toEqual([])
  })
})
