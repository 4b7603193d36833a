import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { onboardingStep } from '@/lib/domain/onboarding/onboarding'
import type { UserActor } from '@/lib/domain/users/actor'
import { DataService, PangeaService } from '@/lib/services'
import {
  acceptAgreements,
  completeDraft,
  esignCheckNumber,
  esignLinkToken,
  SSN
} from '@/tests/support/applicant'
import { openWorld, type World } from '@/tests/support/world'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())
beforeEach(async () => {
  await world.control('jiko', '/switches', {
    staleConsent: 'manual_review',
    validationShape: 'list'
  })
})

const publish = () => world.control('jiko', '/agreements/publish', {})
const applications = async () =>
  ((await world.control('jiko', '/ledger')) as { applications: object[] }).applications.length

describe('the e-sign test page', () => {
  const shownTo = async (user: UserActor) => {
    const { testPage } = await PangeaService.getAgreements(user)
    return { name: testPage ?? '', page: PangeaService.renderTestPage(testPage ?? '') }
  }

  test('is a PDF file with a link and a number that its address does not reveal', async () => {
    const { name, page } = await shownTo(await world.createUser())
    expect(Buffer.from(page.subarray(0, 5)).toString()).toBe('%PDF-')
    expect(esignCheckNumber(page)).toMatch(/^\d{4}$/)
    expect(esignLinkToken(page)).toMatch(/^[\w-]{43}$/)
    const address = `${name}${Buffer.from(name.split('.')[1] ?? '', 'base64url').toString('latin1')}`
    expect(address).not.toContain(esignCheckNumber(page))
    expect(address).not.toContain(esignLinkToken(page))
  })

  test('must be read before a consent counts; the consent records how that was shown', async () => {
    const user = await world.createUser()
    const { version } = await PangeaService.getAgreements(user)
    const right = esignCheckNumber((await shownTo(user)).page)
    const wrong = [
      right === '1234' ? '4321' : '1234',
      '',
      esignCheckNumber((await shownTo(await world.createUser())).page)
    ].filter((n) => n !== right)
    for (const shown of wrong)
      await expect(
        PangeaService.recordEsignConsent(user, { version, shown })
      ).rejects.toMatchObject({ code: 'invalid', fields: { shown: expect.any(String) } })
    await acceptAgreements(user)
    expect((await DataService.getOnboardingFacts(user)).consent).toMatchObject({ version })
    const audited = await world.storage.rows(
      `select detail from audit_entries join audit_details on audit_id = id where action = 'application.esign_consented' and user_id = $1`,
      [user.userId]
    )
    expect(audited).toEqual([{ detail: { version, shown: 'a number from a PDF test page' } }])
  })

  test.each(['', 'main.AAAA', 'nonsense'])('is not found under the name %j', (name) => {
    expect(() => PangeaService.renderTestPage(name)).toThrow(
      expect.objectContaining({ code: 'not_found' })
    )
  })
})

describe('agreements updated during the application', () => {
  test('refuse the submit before anything is sent, and agreeing again continues with every answer kept', async () => {
    const user = await world.createUser()
    await completeDraft(user)
    const [before] = [await applications(), await publish()]
    await expect(
      PangeaService.onboardUser(user, { ssn: SSN, withLinkToken: true })
    ).rejects.toMatchObject({ code: 'agreements_changed', status: 409 })
    expect(await applications()).toBe(before)
    expect(await DataService.findApplication(user)).toBeNull()
    await acceptAgreements(user)
    await PangeaService.onboardUser(user, { ssn: SSN, withLinkToken: true })
    expect((await PangeaService.onboardUser(user, {})).step).toBe('link-bank')
  })

  test.each([
    ['accept', 'list', 'link-bank'],
    ['manual_review', 'list', 'status'],
    ['refuse', 'list', 'check'],
    ['refuse', 'string', 'check']
  ])(
    'after the application started: Jiko with %s (422 as a %s) leaves the user at %s',
    async (staleConsent, validationShape, step) => {
      const user = await world.createUser()
      await completeDraft(user)
      await world.control('jiko', '/switches', { staleConsent, validationShape })
      await world.control('jiko', '/faults', {
        path: '/api/v1/applications/',
        method: 'POST',
        kind: '404',
        times: 1
      })
      await expect(
        PangeaService.onboardUser(user, { ssn: SSN, withLinkToken: true })
      ).rejects.toMatchObject({ service: 'jiko' })
      await publish()
      const again = PangeaService.onboardUser(user, { ssn: SSN, withLinkToken: true })
      if (staleConsent === 'refuse')
        await expect(again).rejects.toMatchObject({ code: 'agreements_changed' })
      else await again
      if (staleConsent !== 'refuse') await PangeaService.onboardUser(user, {})
      expect(onboardingStep(await DataService.getOnboardingFacts(user))).toBe(step)
      if (staleConsent === 'refuse') {
        await acceptAgreements(user)
        await PangeaService.onboardUser(user, { ssn: SSN, withLinkToken: true })
        expect((await PangeaService.onboardUser(user, {})).step).toBe('link-bank')
      }
    }
  )
})
