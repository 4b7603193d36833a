import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Person } from '@/lib/domain/actor'
import { onboardingStep } from '@/lib/domain/onboarding'
import { DataService, PangeaService } from '@/lib/services'
import { fillIn, SSN } from '@/tests/support/applicant'
import { openWorld, type World } from '@/tests/support/world'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())
beforeEach(async () => {
  await world.control('jiko', '/switches', { staleConsent: 'manual_review', validationShape: 'list' })
})

const publish = () => world.control('jiko', '/agreements/publish', {})
const applications = async () => ((await world.control('jiko', '/ledger')) as { applications: object[] }).applications.length
const agreeAgain = async (person: Person) => PangeaService.recordConsent(person, { version: (await PangeaService.getAgreements(person)).version })

describe('agreements that became newer while the person was filling in', () => {
  test('refuse the submit before anything is sent, and agreeing again goes on with every answer kept', async () => {
    const person = await world.person()
    await fillIn(person)
    const [before] = [await applications(), await publish()]
    await expect(PangeaService.submitApplication(person, { ssn: SSN })).rejects.toMatchObject({ code: 'agreements_changed', status: 409 })
    expect(await applications()).toBe(before)
    expect(await DataService.findApplication(person)).toBeNull()
    await agreeAgain(person)
    await PangeaService.submitApplication(person, { ssn: SSN })
    expect((await PangeaService.onboardUser(person, {})).step).toBe('link-bank')
  })

  test.each([
    ['accept', 'list', 'link-bank'],
    ['manual_review', 'list', 'status'],
    ['refuse', 'list', 'check'],
    ['refuse', 'string', 'check']
  ])('after the application was begun: a bank that would %s (422 as a %s) leaves the person at %s', async (staleConsent, validationShape, step) => {
    const person = await world.person()
    await fillIn(person)
    await world.control('jiko', '/switches', { staleConsent, validationShape })
    await world.control('jiko', '/faults', { path: '/api/v1/applications/', method: 'POST', kind: '404', times: 1 })
    await expect(PangeaService.submitApplication(person, { ssn: SSN })).rejects.toMatchObject({ service: 'jiko' })
    await publish()
    const again = PangeaService.submitApplication(person, { ssn: SSN })
    if (staleConsent === 'refuse') await expect(again).rejects.toMatchObject({ code: 'agreements_changed' })
    else await again
    if (staleConsent !== 'refuse') await PangeaService.onboardUser(person, {})
    expect(onboardingStep(await DataService.getOnboardingFacts(person))).toBe(step)
    if (staleConsent !== 'refuse') return
    await agreeAgain(person)
    await PangeaService.submitApplication(person, { ssn: SSN })
    expect((await PangeaService.onboardUser(person, {})).step).toBe('link-bank')
  })
})
