// @vitest-environment node
/** Hosted Link through the SDK: the address, its page, /link/token/get and the webhooks. */
import { CountryCode, type PlaidApi, Products } from 'plaid'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { RunningEmulator } from '@/sandbox/core/sandbox'
import { loadSchemaCheck, type SchemaCheck } from '@/scripts/fidelity/plaid-schemas'
import { openReceiver, startLocal } from '@/tests/contract/plaid/local'
import { completeLink } from '@/tests/support/plaid/link-session'

type Body = { webhook_type: string; webhook_code: string; link_token: string }

let check: SchemaCheck
let receiver: Awaited<ReturnType<typeof openReceiver>>
let running: RunningEmulator
let plaid: PlaidApi
let arrivals: Body[] = []

beforeAll(async () => {
  check = loadSchemaCheck({ closed: true })
  receiver = await openReceiver(({ raw }) => {
    arrivals.push(JSON.parse(raw) as Body)
    return 200
  })
}, 60_000)
afterAll(() => receiver.close())

beforeEach(async () => {
  arrivals = []
  const local = await startLocal()
  running = local.running
  plaid = local.plaid
})
afterEach(() => running.close())

async function create(hosted_link?: object) {
  const { data } = await plaid.linkTokenCreate({
    client_name: 'Test',
    language: 'en',
    country_codes: [CountryCode.Us],
    user: { client_user_id: 'user' },
    products: [Products.Transactions],
    webhook: receiver.url,
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
