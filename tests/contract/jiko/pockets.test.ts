/** Pockets at the emulator, and incoming money. */
import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { openJikoEmulator } from '@/tests/support/jiko'

const bank = await openJikoEmulator()
const { call, control, customer, openPocket } = bank
afterAll(() => bank.close())
beforeEach(() => bank.reset())

describe('a pocket', () => {
  it('opens for a customer, with a portal under the key portals', async () => {
    const customerId = await customer()
    expect((await call('GET', `/api/v1/customers/${customerId}/`)).body).toMatchObject({
      type: 'INDIVIDUAL',
      account_status: 'PENDING'
    })
    const { id } = await openPocket(customerId)
    const portals = (await call('GET', `/api/v1/jiko-accounts/${id}/portals/`)).body
    expect(portals).toMatchObject({ count: 1, portals: [{ jiko_account_id: id, status: 'OPEN' }] })
    expect((await call('GET', `/api/v1/customers/${customerId}/`)).body).toMatchObject({
      account_status: 'OPEN'
    })
  })

  it('opens automatically on approval when the switch is set', async () => {
    await control('/switches', { pocketOnApproval: true })
    expect(
      (await call('GET', `/api/v2/customers/${await customer()}/pockets/`)).body
    ).toMatchObject({ items: [{ status: 'OPEN' }], object_type: 'CursorList' })
  })

  it('is PENDING without a portfolio at first when the switch is set', async () => {
    await control('/switches', { pocketOpens: 'later' })
    const pocket = await openPocket(await customer())
    expect(pocket).toMatchObject({ status: 'PENDING', portfolio: null })
    await vi.waitFor(async () =>
      expect((await call('GET', `/api/v2/pockets/${pocket.id}/`)).body).toMatchObject({
        status: 'OPEN'
      })
    )
  })

  it('shows incoming money: balance, securities, transaction, trade, event', async () => {
    const customerId = await customer()
    const { id } = await openPocket(customerId)
    expect(
      (
        await call('POST', '/api/v1/sandbox/fund/', {
          account_id: id,
          amount_usdc: 250_000,
          count: 2
        })
      ).status
    ).toBe(202)
    expect((await call('GET', `/api/v2/pockets/${id}/`)).body).toMatchObject({
      portfolio: { total_value: { value: 500_000, currency: 'USD', formatted: '$5,000.00' } }
    })
    const booked = (await call('GET', `/api/v2/pockets/${id}/transactions/`)).body as {
      items: object[]
    }
    expect(booked.items).toHaveLength(2)
    expect(booked.items[0]).toMatchObject({
      status: 'BOOKED',
      amount: { value: 250_000 },
      time_settled: null
    })
    expect((await call('GET', `/api/v1/customers/${customerId}/trades/`)).body).toMatchObject({
      items: [{}, {}]
    })
    await control('/clock', { advance: 40 * 24 * 3_600_000 })
    const later = bank.asAgain()
    expect((await later('GET', `/api/v2/pockets/${id}/transactions/`)).body).toMatchObject({
      items: [{ status: 'SETTLED' }, { status: 'SETTLED' }]
    })
    const statements = (await later('GET', `/api/v1/customers/${customerId}/statements/`)).body as {
      items: { pdf_download_url: string }[]
    }
    expect(
      (await fetch(statements.items[0]?.pdf_download_url ?? '')).headers.get('content-type')
    ).toBe('application/pdf')
  })

  it('pages its transactions without gaps or repeats', async () => {
    const { id } = await openPocket(await customer())
    await call('POST', '/api/v1/sandbox/fund/', { account_id: id, amount_usdc: 1_000, count: 5 })
    const seen: string[] = []
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page = (
        await call(
          'GET',
          `/api/v2/pockets/${id}/transactions/?limit=2${cursor ? `&cursor=${cursor}` : ''}`
        )
      ).body as {
        items: { id: string }[]
        next_page: string | null
      }
      seen.push(...page.items.map((item) => item.id))
      cursor = page.next_page
    }
    expect(new Set(seen).size).toBe(5)
    expect(seen).toHaveLength(5)
  })

  it('is renamed, and refuses invalid changes with one sentence', async () => {
    const customerId = await customer()
    const { id } = await openPocket(customerId)
    const path = `/api/v2/customers/${customerId}/pockets/${id}/`
    expect((await call('PATCH', path, { pocket_name: 'House' })).body).toMatchObject({
      pocket_name: 'House'
    })
    expect(await call('PATCH', path, { status: 'CLOSED' })).toMatchObject({
      status: 422,
      body: { detail: expect.any(String) }
    })
  })

  it('cannot be funded once its portal is closed, and a portal closes once', async () => {
    const { id } = await openPocket(await customer())
    const { portals } = (await call('GET', `/api/v1/jiko-accounts/${id}/portals/`)).body as {
      portals: { id: string }[]
    }
    const close = () => call('POST', `/api/v1/jiko-accounts/${id}/portals/${portals[0]?.id}/close/`)
    expect((await close()).status).toBe(200)
    expect((await close()).status).toBe(412)
    expect(
      (await call('POST', '/api/v1/sandbox/fund/', { account_id: id, amount_usdc: 100 })).status
    ).toBe(412)
  })
})
