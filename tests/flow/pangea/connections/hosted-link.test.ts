/** Link on another device: a page of Plaid's, and the server that asks for its result. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { advanceClock } from '@/lib/platform/clock'
import { DataService, PangeaService } from '@/lib/services'
import { linkedUser, plaidLedgerOf } from '@/tests/support/connections'
import { completeLink } from '@/tests/support/plaid/link-session'
import { openWorld, type World } from '@/tests/support/world'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

/** The Link token that Plaid's page runs, as the phone's browser learns it. */
async function openOnPhone(url: string): Promise<string> {
  expect((await fetch(url)).status).toBe(200)
  const id = url.split('/').at(-1)
  const answer = z.object({ link_token: z.string().optional() }).parse(await post('hosted', { id }))
  if (!answer.link_token) throw new Error('the page has no Link token')
  return answer.link_token
}

async function post(path: string, body: object): Promise<unknown> {
  const response = await fetch(`${world.plaid.url}/link/api/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body)
  })
  return response.json()
}

const report = (link_token: string, name: string, more: object = {}) =>
  post('event', { link_token, name, metadata: more })

async function startedUser() {
  const user = await world.createUser()
  return { user, ...(await PangeaService.startHostedLink(user)) }
}
const connectionsOf = (user: Parameters<typeof DataService.listConnections>[0]) =>
  DataService.listConnections(user)

describe('a bank that is linked on a phone', () => {
  test('is followed from here, and added once Plaid has the result', async () => {
    const { user, visit, url } = await startedUser()
    expect(await PangeaService.finishHostedLink(user, visit)).toEqual({
      status: 'waiting',
      bank: null,
      connectionId: null
    })
    const linkToken = await openOnPhone(url)
    await report(linkToken, 'OPEN')
    expect(await PangeaService.finishHostedLink(user, visit)).toMatchObject({ status: 'open' })
    const institution_name = 'First Platypus Bank'
    await report(linkToken, 'SELECT_INSTITUTION', { institution_name })
    expect(await PangeaService.finishHostedLink(user, visit)).toMatchObject({
      status: 'open',
      bank: institution_name
    })
    await completeLink(world.plaid.url, { linkToken })
    const { status, connectionId } = await PangeaService.finishHostedLink(user, visit)
    expect(status).toBe('linked')
    await world.settle()
    expect(await connectionsOf(user)).toMatchObject([
      { id: connectionId, status: 'good', sync: { status: 'completed' } }
    ])
    expect(await PangeaService.finishHostedLink(user, visit)).toMatchObject({
      status: 'linked',
      connectionId
    })
  })

  test('is added by Plaid’s webhook when the waiting page was closed', async () => {
    const { user, visit, url } = await startedUser()
    await completeLink(world.plaid.url, { linkToken: await openOnPhone(url) })
    await world.settle()
    const [connection] = await connectionsOf(user)
    expect(connection).toMatchObject({ status: 'good' })
    expect(await PangeaService.finishHostedLink(user, visit)).toMatchObject({
      status: 'linked',
      connectionId: connection?.id
    })
    expect(await connectionsOf(user)).toHaveLength(1)
  })

  test('is added once, whether the page, another tab or the webhook is first', async () => {
    const { user, visit, url } = await startedUser()
    const { exchanges } = await plaidLedgerOf(world)
    await completeLink(world.plaid.url, { linkToken: await openOnPhone(url) })
    const [a, b] = await Promise.all([
      PangeaService.finishHostedLink(user, visit),
      PangeaService.finishHostedLink(user, visit),
      world.settle()
    ])
    expect(a.connectionId).toBe(b.connectionId)
    expect(await connectionsOf(user)).toHaveLength(1)
    expect((await plaidLedgerOf(world)).exchanges).toBe(exchanges + 1)
  })
})

describe('an address for a phone', () => {
  test('adds a bank once: afterwards Plaid’s page refuses it', async () => {
    const { user, visit, url } = await startedUser()
    await completeLink(world.plaid.url, { linkToken: await openOnPhone(url) })
    await PangeaService.finishHostedLink(user, visit)
    await expect(openOnPhone(url)).rejects.toThrow('no Link token')
  })

  test('belongs to the user who made it: to others the session is unknown', async () => {
    const { user, visit, url } = await startedUser()
    const other = await world.createUser()
    await completeLink(world.plaid.url, { linkToken: await openOnPhone(url) })
    await expect(PangeaService.finishHostedLink(other, visit)).rejects.toMatchObject({
      code: 'not_found'
    })
    await world.settle()
    expect(await connectionsOf(other)).toEqual([])
    expect(await connectionsOf(user)).toHaveLength(1)
  })

  test('is no session of the page: an OAuth return does not continue it', async () => {
    const { user, visit } = await startedUser()
    expect(await PangeaService.resumeLink(user, { visit })).toBeNull()
    expect(await PangeaService.resumeLink(user, { visit: null })).toBeNull()
  })

  test('ends when Link is closed on the phone', async () => {
    const { user, visit, url } = await startedUser()
    const linkToken = await openOnPhone(url)
    await report(linkToken, 'OPEN')
    await report(linkToken, 'EXIT', { exit_status: 'institution_not_found' })
    await world.settle()
    expect(await PangeaService.finishHostedLink(user, visit)).toMatchObject({ status: 'closed' })
    await expect(openOnPhone(url)).rejects.toThrow('no Link token')
  })
})

test('a login that is linked already is refused, and the session ends', async () => {
  const { user } = await linkedUser(world)
  const { visit, url } = await PangeaService.startHostedLink(user)
  await completeLink(world.plaid.url, { linkToken: await openOnPhone(url) })
  await expect(PangeaService.finishHostedLink(user, visit)).rejects.toMatchObject({
    code: 'conflict'
  })
  expect(await PangeaService.finishHostedLink(user, visit)).toMatchObject({ status: 'closed' })
  await world.settle()
  expect(await connectionsOf(user)).toHaveLength(1)
})

test('an address expires after half an hour', async () => {
  const { user, visit, url, expiresAt } = await startedUser()
  expect(Date.parse(expiresAt) - Date.now()).toBeGreaterThan(29 * 60_000)
  expect(Date.parse(expiresAt) - Date.now()).toBeLessThanOrEqual(30 * 60_000)
  advanceClock(31 * 60_000)
  await world.control('plaid', '/clock', { advance: 31 * 60_000 })
  expect(await PangeaService.finishHostedLink(user, visit)).toMatchObject({ status: 'expired' })
  await expect(openOnPhone(url)).rejects.toThrow('no Link token')
})
