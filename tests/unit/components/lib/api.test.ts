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
    { error: { code: 'unauthenticated', message: 'Sign in to go on.', reference: 'r' } },
    { status: 401 }
  )
const caught = async (promise: Promise<unknown>) => {
  const thrown: unknown = await promise.catch((error: unknown) => error)
  if (!isApiError(thrown)) throw new Error('expected an API error')
  return thrown
}

describe('talking to the server', () => {
  it.each([
    ['an HTML page', '<html><center><h1>413 Request Entity Too Large</h1></center></html>'],
    ['nothing', '']
  ])('says what is wrong when a proxy refuses a large body with %s', async (_, body) => {
    answers.push(() => new Response(body, { status: 413 }))
    expect(await caught(apiSend('/api/v1/application/documents/PASSPORT', {}))).toMatchObject({
      status: 413,
      code: 'too_large',
      message:
        'This is larger than our server accepts. Choose a smaller photo or shorten what you typed.'
    })
  })

  it('answers the JSON of a good answer', async () => {
    answers.push(() => Response.json({ items: [] }))
    expect(await apiGet('/api/v1/accounts')).toEqual({ items: [] })
  })

  it('takes null for the answer it is, and what cannot be read for a fault', async () => {
    answers.push(
      () => Response.json(null),
      () => new Response('<html>')
    )
    expect(await apiSend('/api/v1/bank/resume', { visit: null })).toBeNull()
    expect((await caught(apiSend('/api/v1/bank/resume', { visit: null }))).code).toBe('fault')
  })

  it('renews the session and asks once more after a 401', async () => {
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

  it('asks twice at most', async () => {
    signedIn()
    answers.push(refused, refused, () => Response.json({}))
    expect((await caught(apiGet('/api/v1/me'))).status).toBe(401)
    expect(asked).toHaveLength(2)
  })

  it('does not ask again where nobody is signed in', async () => {
    answers.push(refused)
    expect((await caught(apiGet('/api/v1/me'))).code).toBe('unauthenticated')
    expect(asked).toHaveLength(1)
  })

  it('hands on the sentence for each field', async () => {
    const fields = { firstName: 'Enter your first name' }
    answers.push(() =>
      Response.json(
        {
          error: {
            code: 'invalid',
            message: 'Some answers need another look.',
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

  it('says that the connection is lost and that nothing typed is', async () => {
    const error = await caught(apiSend('/api/v1/bank/connect', {}))
    expect(error.code).toBe('offline')
    expect(error.message).toMatch(/internet connection/)
  })

  it('has a sentence of its own for an answer that is not JSON', async () => {
    answers.push(() => new Response('<html>Bad gateway</html>', { status: 502 }))
    const error = await caught(apiGet('/api/v1/me'))
    expect(error.message).not.toContain('html')
    expect(error.status).toBe(502)
  })
})
