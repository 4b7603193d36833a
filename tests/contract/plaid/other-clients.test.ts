// @vitest-environment node
/** The requests that a client may send, and its access to another client's Items. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RunningEmulator } from '@/sandbox/core/sandbox'
import { startPlaid } from '@/sandbox/plaid'

const OTHER = { clientId: 'other', secret: 'other-secret' }

let running: RunningEmulator
beforeAll(async () => {
  running = await startPlaid({
    port: 0,
    dataDir: null,
    clientId: 'id',
    secret: 'secret',
    otherClients: [OTHER]
  })
})
afterAll(() => running.close())

const post = async (path: string, body: object, keys = { clientId: 'id', secret: 'secret' }) => {
  const response = await fetch(running.url + path, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'plaid-client-id': keys.clientId,
      'plaid-secret': keys.secret
    },
    body: JSON.stringify(body)
  })
  return { status: response.status, body: (await response.json()) as Record<string, unknown> }
}

async function accessToken(): Promise<string> {
  const made = await post('/sandbox/public_token/create', {
    institution_id: 'ins_109508',
    initial_products: ['transactions'],
    options: null
  })
  const exchanged = await post('/item/public_token/exchange', {
    public_token: made.body.public_token
  })
  return String(exchanged.body.access_token)
}

const linkToken = async (more: object = {}) =>
  post('/link/token/create', {
    client_name: 'Test',
    language: 'en',
    country_codes: ['US'],
    user: { client_user_id: 'user' },
    products: ['transactions'],
    ...more
  })

describe('a field that is null', () => {
  it.each([
    ['/transactions/sync', { cursor: null, count: null, options: null }],
    ['/transactions/get', { start_date: '2026-01-01', end_date: '2026-12-31', options: null }],
    ['/accounts/get', { options: null }],
    ['/accounts/balance/get', { options: { account_ids: null } }],
    ['/auth/get', { options: null }],
    ['/identity/get', { options: null }]
  ])('counts as not sent: %s', async (path, body) => {
    const access_token = await accessToken()
    expect(await post(path, { access_token, ...body })).toMatchObject({ status: 200 })
  })

  it('counts as not sent in an institution search and in every optional field of a link token', async () => {
    const search = { query: 'Platypus', country_codes: ['US'], products: null, options: null }
    expect(await post('/institutions/search', search)).toMatchObject({ status: 200 })
    const empty = Object.fromEntries(
      [
        'webhook',
        'redirect_uri',
        'access_token',
        'account_filters',
        'institution_id',
        'institution_data',
        'update',
        'transactions',
        'auth',
        'identity',
        'investments',
        'link_customization_name',
        'android_package_name',
        'enable_multi_item_link'
      ].map((name) => [name, null])
    )
    expect(await linkToken(empty)).toMatchObject({ status: 200 })
  })

  it('is like an empty redirect address, which an app without OAuth sends', async () => {
    expect(await linkToken({ redirect_uri: '' })).toMatchObject({ status: 200 })
    expect(await linkToken({ redirect_uri: 'nowhere' })).toMatchObject({ status: 400 })
  })

  it('does not stand for the dates of statements', async () => {
    const statements = { start_date: '2026-10-01', end_date: '2026-10-31' }
    expect(await linkToken({ statements })).toMatchObject({ status: 200 })
    expect(await linkToken({ statements: { ...statements, end_date: null } })).toMatchObject({
      body: { error_code: 'MISSING_FIELDS' }
    })
  })

  it('is missing where it is required', async () => {
    expect(await post('/transactions/sync', { access_token: null })).toMatchObject({
      status: 400,
      body: { error_code: 'MISSING_FIELDS' }
    })
  })
})

describe('another client', () => {
  it.each([
    '/transactions/sync',
    '/transactions/refresh',
    '/transactions/recurring/get',
    '/accounts/get',
    '/accounts/balance/get',
    '/auth/get',
    '/identity/get',
    '/identity/match',
    '/statements/list',
    '/item/get',
    '/item/remove',
    '/item/webhook/update',
    '/item/public_token/create',
    '/item/access_token/invalidate',
    '/sandbox/item/reset_login'
  ])('cannot use an access token: %s', async (path) => {
    const access_token = await accessToken()
    expect(await post(path, { access_token }, OTHER)).toMatchObject({
      status: 400,
      body: { error_code: 'INVALID_ACCESS_TOKEN' }
    })
    expect(await post('/item/get', { access_token })).toMatchObject({ status: 200 })
  })

  it('cannot read a link token, or open it for an Item of the first client', async () => {
    const { body } = await linkToken()
    const { link_token } = body
    expect(await post('/link/token/get', { link_token }, OTHER)).toMatchObject({
      status: 400,
      body: { error_code: 'INVALID_LINK_TOKEN' }
    })
    expect(await post('/link/token/get', { link_token })).toMatchObject({ status: 200 })
  })
})

describe('an error', () => {
  it('names its documentation by type, and the expected form of a token', async () => {
    expect(await post('/item/public_token/exchange', { public_token: 'x' })).toMatchObject({
      body: {
        error_message:
          'provided public token is in an invalid format. expected format: public-<environment>-<identifier>',
        documentation_url: 'https://plaid.com/docs/?ref=error#invalid-input-errors'
      }
    })
    expect((await post('/transactions/sync', {})).body.documentation_url).toBe(
      'https://plaid.com/docs/?ref=error#invalid-request-errors'
    )
  })
})
