import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { POST as confirmRoute } from '@/app/api/v1/application/agreements/esign-check/route'
import type { UserActor } from '@/lib/domain/users/actor'
import { LOCK_LINK_LIMIT } from '@/lib/domain/users/cost-classes'
import { DataService, PangeaService } from '@/lib/services'
import { acceptAgreements, esignCheckNumber, esignLinkToken } from '@/tests/support/applicant'
import { openWorld, type World } from '@/tests/support/world'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())
beforeEach(() => world.storage.rows('delete from rate_limits'))

/** The current version, and the test page as a PDF. */
async function openTestPage(user: UserActor) {
  const { version, testPage } = await PangeaService.getAgreements(user)
  const page = PangeaService.renderTestPage(testPage ?? '')
  return { version, page, token: esignLinkToken(page), number: esignCheckNumber(page) }
}
const esignOf = async (user: UserActor) => (await PangeaService.getAgreements(user)).esign
const confirm = (token: string) => PangeaService.confirmReadable({ token })
const auditOf = async (user: UserActor) =>
  (
    await world.storage.rows(
      `select action, detail from audit_entries join audit_details on audit_id = id
       where action like 'application.%' and user_id = $1 order by created_at`,
      [user.userId]
    )
  ).map(({ action, detail }) => [action, detail])

describe('the link in the test page', () => {
  test('shows that its user can open PDF files, without a session, and then no page is needed', async () => {
    const user = await world.createUser()
    const { version, token } = await openTestPage(user)
    expect(await esignOf(user)).toEqual({ shown: false, agreed: false })
    const request = new Request('http://localhost/api/v1/application/agreements/esign-check', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token })
    })
    const answer = await confirmRoute(request, { params: Promise.resolve({}) })
    expect(answer.status).toBe(204)
    expect(await esignOf(user)).toEqual({ shown: true, agreed: false })
    await PangeaService.recordEsignConsent(user, { version, shown: '' })
    expect(await PangeaService.getAgreements(user)).toMatchObject({
      esign: { shown: true, agreed: true },
      testPage: null
    })
    expect(await auditOf(user)).toEqual([
      ['application.esign_shown', { version }],
      ['application.esign_consented', { version, shown: 'a link in a PDF test page' }]
    ])
  })

  test('tells the open page, which then shows it', async () => {
    const user = await world.createUser()
    const { token } = await openTestPage(user)
    const versions = () =>
      world.storage.rows('select version from user_changes where user_id = $1', [user.userId])
    const before = await versions()
    await confirm(token)
    expect(await versions()).not.toEqual(before)
  })

  test('works once', async () => {
    const user = await world.createUser()
    const { token } = await openTestPage(user)
    const results = await Promise.allSettled([confirm(token), confirm(token), confirm(token)])
    expect(results.map((r) => r.status).sort()).toEqual(['fulfilled', 'rejected', 'rejected'])
    await expect(confirm(token)).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('used before')
    })
    expect(
      (await auditOf(user)).filter(([action]) => action === 'application.esign_shown')
    ).toHaveLength(1)
  })

  test('expires after a day', async () => {
    const user = await world.createUser()
    const { token } = await openTestPage(user)
    await world.storage.rows(
      `update esign_links set expires_at = now() - interval '1 second' where user_id = $1`,
      [user.userId]
    )
    await expect(confirm(token)).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('expired')
    })
    expect((await esignOf(user)).shown).toBe(false)
  })

  test('counts for its own user and version only', async () => {
    const [user, other] = [await world.createUser(), await world.createUser()]
    const { token } = await openTestPage(user)
    await openTestPage(other)
    await confirm(token)
    expect((await esignOf(other)).shown).toBe(false)
    await expect(
      PangeaService.recordEsignConsent(other, {
        version: (await PangeaService.getAgreements(other)).version,
        shown: ''
      })
    ).rejects.toMatchObject({ code: 'invalid', fields: { shown: expect.any(String) } })
    expect(await DataService.getEsignState(user, '0.9.9')).toEqual({ shown: false, agreed: false })
  })

  test('is not stored, and neither an unknown nor an incomplete one does anything', async () => {
    const user = await world.createUser()
    const { token } = await openTestPage(user)
    const stored = await world.storage.rows('select * from esign_links where user_id = $1', [
      user.userId
    ])
    expect(JSON.stringify(stored)).not.toContain(token)
    for (const wrong of ['', token.slice(1), `${token}A`])
      await expect(confirm(wrong)).rejects.toMatchObject({ code: 'not_found' })
    expect((await esignOf(user)).shown).toBe(false)
  })

  test('is refused after too many tries', async () => {
    const { token } = await openTestPage(await world.createUser())
    const tries = Array.from({ length: LOCK_LINK_LIMIT.limit }, () => confirm(token))
    await Promise.allSettled(tries)
    await expect(confirm(token)).rejects.toMatchObject({ code: 'too_many_requests' })
  })
})

describe('the consents', () => {
  test('are one per group, after the consent to electronic documents, with the hash of each document', async () => {
    const user = await world.createUser()
    const { version, number } = await openTestPage(user)
    const agreed = ['BANK', 'BROKERAGE', 'GENERAL']
    await expect(PangeaService.recordConsent(user, { version, agreed })).rejects.toMatchObject({
      code: 'conflict'
    })
    await PangeaService.recordEsignConsent(user, { version, shown: number })
    await expect(
      PangeaService.recordConsent(user, { version, agreed: ['BANK', 'GENERAL'] })
    ).rejects.toMatchObject({ code: 'invalid', fields: { BROKERAGE: expect.any(String) } })
    expect((await DataService.getOnboardingFacts(user)).consent).toBeNull()
    await PangeaService.recordConsent(user, { version, agreed })
    expect((await DataService.getOnboardingFacts(user)).consent).toMatchObject({ version })
    const rows = await world.storage.rows<{ category: string; documents: { sha256: string }[] }>(
      'select category, documents from consents where user_id = $1 order by category',
      [user.userId]
    )
    expect(rows.map((r) => r.category)).toEqual(['BANK', 'BROKERAGE', 'E-SIGN', 'GENERAL'])
    for (const { documents } of rows)
      for (const { sha256 } of documents) expect(sha256).toMatch(/^[0-9a-f]{64}$/)
    const { documents } = await PangeaService.getAgreements(user)
    const [esign] = documents.filter((d) => d.category === 'E-SIGN')
    const file = new Uint8Array(await (await fetch(esign?.url ?? '')).arrayBuffer())
    const hash = Buffer.from(await crypto.subtle.digest('SHA-256', file)).toString('hex')
    expect(rows.find((r) => r.category === 'E-SIGN')?.documents).toMatchObject([{ sha256: hash }])
    expect((await auditOf(user)).at(-1)).toEqual([
      'application.consented',
      { version, categories: expect.arrayContaining(agreed) }
    ])
  })

  test('are not stored while a document cannot be read', async () => {
    const user = await world.createUser()
    const { version, number } = await openTestPage(user)
    await world.control('jiko', '/faults', { path: '/files/agreements/', kind: '404', times: 1 })
    await expect(
      PangeaService.recordEsignConsent(user, { version, shown: number })
    ).rejects.toMatchObject({ service: 'jiko' })
    expect((await esignOf(user)).agreed).toBe(false)
  })

  test('of an older version do not count for a newer one', async () => {
    const user = await world.createUser()
    await acceptAgreements(user)
    expect(await esignOf(user)).toEqual({ shown: false, agreed: true })
    await world.control('jiko', '/agreements/publish', {})
    expect(await esignOf(user)).toEqual({ shown: false, agreed: false })
  })
})
