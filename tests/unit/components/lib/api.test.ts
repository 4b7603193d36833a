// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { apiGet, apiSend, isApiError } from '@/components/lib/api'

type Page = typeof globalThis & {
  Clerk?: { session: { getToken: () => Promise<string | null> } | null }
}

const answers: (() => Response)[] = []
const asked: { path: string; init: RequestInit }[] = []
const realFetch = globalThis.fetch

beforeEach(() => {
  answers.length = 0
  asked.length = 0
  globalThis.fetch = async (path, init) => {
    asked.push({ path: String(path), init: init ?? {} })
    const next = answers.shift()
    if (!next) throw new TypeError('Failed to fetch')
    return next()
  }
})
afterEach(() => {
  globalThis.fetch = realFetch
  delete (globalThis as Page).Clerk
})

const signedIn = () => {
  const getToken = vi.fn(async () => 'a new token')
  ;(globalThis as Page).Clerk = { session: { getToken } }
  return getToken
}
const refused = () =>
  Response.json(
    { error: { code: 'unauthenticated', message: 'Sign in to continue.', reference: 'r' } },
    { status: 401 }
  )
const caught = async (promise: Promise<unknown>) => {
  const thrown: unknown = await promise.catch((error: unknown) => error)
  if (!isApiError(thrown)) throw new Error('expected an API error')
  return thrown
}

describe('API requests', () => {
  it.each([
    ['an HTML page', '<html><center><h1>413 Request Entity Too Large</h1></center></html>'],
    ['nothing', '']
  ])('explain a %s from a proxy for a large body', async (_, body) => {
    answers.push(() => new Response(body, { status: 413 }))
    expect(await caught(apiSend('/api/v1/application/documents/PASSPORT', {}))).toMatchObject({
      status: 413,
      code: 'too_large',
      message:
        'This is larger than our server accepts. Choose a smaller photo or shorten what you typed.'
    })
  })

  it('return the JSON of a successful response', async () => {
    answers.push(() => Response.json({ items: [] }))
    expect(await apiGet('/api/v1/accounts')).toEqual({ items: [] })
  })

  it('accept null as a valid body, and treat an unreadable body as an error', async () => {
    answers.push(
      () => Response.json(null),
      () => new Response('<html>')
    )
    expect(await apiSend('/api/v1/bank/resume', { visit: null })).toBeNull()
    expect((await caught(apiSend('/api/v1/bank/resume', { visit: null }))).code).toBe('fault')
  })

  it('renew the session and retry once after a 401', async () => {
    const getToken = signedIn()
    answers.push(refused, () => Response.json({ ok: true }))
    expect(await apiSend('/api/v1/application/draft', { question: 'name' }, 'PUT')).toEqual({
      ok: true
    })
    expect(getToken).toHaveBeenCalledWith({ skipCache: true })
    expect(asked.map(({ init }) => init.body)).toEqual([
      '{"question":"name"}',
      '{"question":"name"}'
    ])
  })

  it('are sent twice at most', async () => {
    signedIn()
    answers.push(refused, refused, () => Response.json({}))
    expect((await caught(apiGet('/api/v1/me'))).status).toBe(401)
    expect(asked).toHaveLength(2)
  })

  it('are not retried when no user is signed in', async () => {
    answers.push(refused)
    expect((await caught(apiGet('/api/v1/me'))).code).toBe('unauthenticated')
    expect(asked).toHaveLength(1)
  })

  it('return the message of each field', async () => {
    const fields = { firstName: 'Enter your first name' }
    answers.push(() =>
      Response.json(
        {
          error: {
            code: 'invalid',
            message: 'Please check the highlighted fields.',
            fields,
            reference: 'r1'
          }
        },
        { status: 422 }
      )
    )
    const error = await caught(apiSend('/api/v1/application/draft', {}, 'PUT'))
    expect(error.fields).toEqual(fields)
    expect(error.reference).toBe('r1')
  })

  it('explain that the connection is lost and that typed text is kept', async () => {
    const error = await caught(apiSend('/api/v1/bank/connect', {}))
    expect(error.code).toBe('offline')
    expect(error.message).toMatch(/internet connection/)
  })

  it('have their own message for a response that is not JSON', async () => {
    answers.push(() => new Response('<html>Bad gateway</html>', { status: 502 }))
    const error = await caught(apiGet('/api/v1/me'))
    expect(error.message).not.toContain('html')
    expect(error.status).toBe(502)
  })
})
