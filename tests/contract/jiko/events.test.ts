/** The emulator's webhooks: delivery, retries and signatures. */
import { createHmac, randomUUID } from 'node:crypto'
import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { openJikoEmulator, openReceiver, WEBHOOK_SECRET } from '@/tests/support/jiko'

const bank = await openJikoEmulator()
const { call, decided } = bank
afterAll(() => bank.close())
beforeEach(() => bank.reset())

describe('webhooks', () => {
  const subscribe = (url: string, events = ['application.approved']) =>
    call('POST', '/api/v1/subscriptions/', { url, events, shared_secret: WEBHOOK_SECRET })

  it('reach the subscribers of the event, signed over the raw body', async () => {
    const receiver = await openReceiver()
    const created = await subscribe(receiver.url)
    expect(created.status).toBe(201)
    expect(created.text).not.toContain(WEBHOOK_SECRET)
    await subscribe(receiver.url, ['application.rejected'])
    const { id } = await decided()
    await bank.deliveries.settle()
    expect(receiver.received).toHaveLength(1)
    const [{ headers, raw } = { headers: new Headers(), raw: new Uint8Array() }] = receiver.received
    expect(headers.get('x-jiko-signature')).toBe(
      createHmac('sha256', WEBHOOK_SECRET).update(raw).digest('base64')
    )
    expect(JSON.parse(Buffer.from(raw).toString())).toMatchObject({
      event_type: 'application.approved',
      payload: { application_id: id }
    })
    await receiver.close()
  })

  it('are retried until accepted, and listed as events', async () => {
    const receiver = await openReceiver()
    receiver.state.status = 500
    await subscribe(receiver.url)
    await decided()
    await vi.waitFor(() => expect(receiver.received).toHaveLength(1))
    receiver.state.status = 200
    await vi.waitFor(() => expect(receiver.received).toHaveLength(2), { timeout: 5_000 })
    await bank.deliveries.settle()
    const { items } = (await call('GET', '/api/v1/events/?limit=10')).body as {
      items: { delivery_attempts: { success: boolean }[] }[]
    }
    expect(items[0]?.delivery_attempts.map(({ success }) => success)).toEqual([false, true])
    await receiver.close()
  })

  it('can be sent by hand, stop when disabled, and are gone when deleted', async () => {
    const receiver = await openReceiver()
    const { id } = (await subscribe(receiver.url)).body as { id: string }
    const event = () => ({
      event_id: randomUUID(),
      event_type: 'application.approved',
      timestamp: new Date().toISOString(),
      payload: { application_id: randomUUID() }
    })
    expect((await call('POST', '/api/v1/sandbox/webhook/', event())).status).toBe(202)
    await call('PATCH', `/api/v1/subscriptions/${id}/`, { status: 'disabled' })
    await call('POST', '/api/v1/sandbox/webhook/', event())
    expect((await call('DELETE', `/api/v1/subscriptions/${id}/`)).status).toBe(204)
    expect((await call('GET', `/api/v1/subscriptions/${id}/`)).status).toBe(404)
    await bank.deliveries.settle()
    expect(receiver.received).toHaveLength(1)
    await receiver.close()
  })

  it('are refused for a short secret or an unknown event', async () => {
    const ask = (changes: object) =>
      call('POST', '/api/v1/subscriptions/', {
        url: 'https://example.com/',
        events: ['application.approved'],
        shared_secret: WEBHOOK_SECRET,
        ...changes
      })
    expect((await ask({ shared_secret: 'short' })).status).toBe(422)
    expect((await ask({ events: ['application.eaten'] })).status).toBe(422)
    expect((await ask({ events: [] })).status).toBe(422)
  })
})
