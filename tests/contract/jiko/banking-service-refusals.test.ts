import { inspect } from 'node:util'
import { Hono } from 'hono'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import * as BankingService from '@/lib/services/jiko'
import { applicationFacts, configureJiko, listen, openJikoEmulator } from '@/tests/support/jiko'
import { create, thrownBy } from '@/tests/support/steps/jiko-applications'

let bank: Awaited<ReturnType<typeof openJikoEmulator>>
beforeAll(async () => {
  bank = await openJikoEmulator()
})
afterAll(() => bank.close())
beforeEach(async () => {
  await bank.control('/reset', {})
  configureJiko(bank.url)
})
afterEach(() => vi.restoreAllMocks())

describe('a refusal', () => {
  const canary = 'canary-219-09-9999'

  it.each(['list', 'string'])(
    'with a %s of reasons is reported without the submitted values',
    async (validationShape) => {
      await bank.control('/switches', { validationShape })
      const sent: string[] = []
      const real = globalThis.fetch
      vi.spyOn(globalThis, 'fetch').mockImplementation(async (...request) => {
        const response = await real(...request)
        sent.push(await response.clone().text())
        return response
      })
      const error = await thrownBy(create(applicationFacts(), canary))
      expect(error).toMatchObject({
        code: 'REFUSED',
        retryable: false,
        type: validationShape === 'list' ? 'identification_number' : null
      })
      expect(sent.at(-1)).toContain(canary)
      for (const text of [
        inspect(error, { depth: 10, showHidden: true }),
        String(error),
        error.stack,
        JSON.stringify(error)
      ])
        expect(text).not.toContain('canary')
    }
  )

  it('names the invalid fields', async () => {
    const facts = applicationFacts()
    const error = await thrownBy(
      create({
        ...facts,
        answers: {
          ...facts.answers,
          address: {
            street: 'x'.repeat(251),
            street2: null,
            city: '',
            state: 'CA',
            postalCode: '94105'
          }
        }
      })
    )
    expect(error.type).toBe('address.street_address address.city')
  })
})

describe('an invalid response', () => {
  const plant = async (path: string, change: (answer: Record<string, unknown>) => unknown) => {
    const app = new Hono()
    app.all('*', async (c) => {
      const url = new URL(c.req.url)
      const body = await c.req.arrayBuffer()
      const request = {
        method: c.req.method,
        headers: c.req.raw.headers,
        ...(body.byteLength ? { body } : {})
      }
      const answer = await fetch(`${bank.url}${url.pathname}${url.search}`, request)
      const json = (await answer.json()) as Record<string, unknown>
      return c.json(
        (url.pathname.includes(path) ? change(json) : json) as object,
        answer.status as 200
      )
    })
    const proxy = await listen(app)
    configureJiko(proxy.url)
    return proxy
  }

  it.each([
    [
      'agreements without a version',
      '/agreements/',
      ({ version: _, ...rest }: Record<string, unknown>) => rest,
      () => BankingService.listAgreements()
    ],
    [
      'agreements without documents',
      '/agreements/',
      (answer: object) => ({ ...answer, documents: [] }),
      () => BankingService.listAgreements()
    ],
    [
      'an application without a status',
      '/applications/',
      ({ status: _, ...rest }: Record<string, unknown>) => rest,
      () => create()
    ],
    [
      'strategies under another key',
      '/trading-strategies/',
      ({ items }: Record<string, unknown>) => ({ strategies: items }),
      () => BankingService.listStrategies()
    ],
    [
      'a list that is a string',
      '/events/',
      () => ({ items: 'none' }),
      () => BankingService.listEvents(new Date(0))
    ]
  ])('is detected: %s', async (_, path, change, run) => {
    const proxy = await plant(path, change)
    expect(await thrownBy(run())).toMatchObject({ code: 'BAD_RESPONSE', retryable: false })
    await proxy.close()
  })

  it('is not followed when it redirects elsewhere', async () => {
    const visits: string[] = []
    const app = new Hono()
    app.post('/api/v1/login/', (c) =>
      c.json({ token: 'token', expires: new Date(Date.now() + 3_600_000).toISOString() })
    )
    app.all('/elsewhere', (c) => {
      visits.push(c.req.path)
      return c.json({})
    })
    app.all('*', (c) => c.redirect('/elsewhere', 307))
    const away = await listen(app)
    configureJiko(away.url)
    expect(await thrownBy(create())).toMatchObject({ code: 'BAD_RESPONSE' })
    expect(visits).toEqual([])
    await away.close()
  })
})
