/**
 * The complete onboarding works with each setting of the emulator's switches for undocumented
 * behaviour.
 */
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { UserActor } from '@/lib/domain/users/actor'
import { DataService, PangeaService } from '@/lib/services'
import { APPLICANT_RULES } from '@/sandbox/jiko/onboarding/test-applicants'
import type { Portal } from '@/sandbox/jiko/state'
import { APPLICATION_SETTINGS, DEFAULT_SWITCHES } from '@/sandbox/jiko/undocumented-switches'
import { completeDraft, SSN } from '@/tests/support/applicant'
import { pngOf } from '@/tests/support/files/png'
import { captureLogs, ssnFormats, tablesContaining } from '@/tests/support/leaks'
import { renderOnboarding } from '@/tests/support/onboarding-screen'
import { openWorld, type World } from '@/tests/support/world'

let world: World
let logs = () => ''
const shown: string[] = []
beforeAll(async () => {
  logs = captureLogs()
  world = await openWorld()
})
afterEach(() => world.control('jiko', '/switches', DEFAULT_SWITCHES))
afterAll(() => world.close())

const PHOTO = pngOf(1_200, 800)
const upload = (user: UserActor, type: string) =>
  PangeaService.uploadDocument(user, {
    type,
    contentType: 'image/png',
    length: PHOTO.length,
    body: new Blob([PHOTO]).stream()
  })

async function apply(lastName: string): Promise<UserActor> {
  const user = await world.createUser()
  await completeDraft(user, lastName)
  await PangeaService.onboardUser(user, { ssn: SSN, withLinkToken: true })
  return user
}

const application = async (user: UserActor) =>
  (await DataService.findApplication(user)) ?? {
    status: null,
    documents: [],
    jikoApplicationId: ''
  }

/**
 * Steps of a user and a Jiko reviewer until the account is open; everything else must happen
 * automatically.
 */
async function goOn(user: UserActor): Promise<string> {
  for (let round = 0; round < 6; round++) {
    await world.settle()
    const { step } = await PangeaService.onboardUser(user, {})
    const { status, documents, jikoApplicationId } = await application(user)
    const wanted = documents.find((document) => document.status === 'PENDING_UPLOAD')
    if (step !== 'status' && step !== 'account') return step
    if (status === 'DOCUMENTS_NEEDED' && wanted) await upload(user, wanted.type)
    else if (status === 'THIRD_PARTY_SCREENING' || status === 'PENDING')
      await world.control('jiko', `/applications/${jikoApplicationId}/decide`, {
        decision: 'approve'
      })
  }
  return (await PangeaService.onboardUser(user, {})).step
}

describe('undocumented Jiko behaviour', () => {
  const unusual = APPLICATION_SETTINGS.filter((setting) =>
    Object.entries(setting).some(
      ([name, value]) => DEFAULT_SWITCHES[name as keyof typeof DEFAULT_SWITCHES] !== value
    )
  )

  test.each([
    ['the usual', DEFAULT_SWITCHES],
    ...unusual.map((setting) => [JSON.stringify(setting), setting] as const)
  ] as const)('with %s still opens an account, after documents too', async (_, setting) => {
    await world.control('jiko', '/switches', setting)
    const [known, asked] = await Promise.all([apply('Okafor'), apply('Documents')])
    expect(await Promise.all([goOn(known), goOn(asked)])).toEqual(['link-bank', 'link-bank'])
    for (const user of [known, asked])
      expect(
        await world.storage.rows('select 1 from bank_accounts where user_id = $1', [user.userId])
      ).toHaveLength(1)
    const { applications } = (await world.control('jiko', '/ledger')) as {
      applications: { applied: number }[]
    }
    expect(applications.filter(({ applied }) => applied === 0)).toEqual([])
  })
})

describe('an applicant with a known outcome', () => {
  const SCREENS: [lastName: string, status: string, title: string, words: string][] = [
    ['Review', 'MANUAL_REVIEW', 'Your application is being reviewed', 'business days'],
    ['Documents', 'DOCUMENTS_NEEDED', 'Jiko needs to see more documents', 'Photo of you'],
    ['Address', 'DOCUMENTS_NEEDED', 'Jiko needs to see more documents', 'Proof of your address'],
    [
      'Number',
      'DOCUMENTS_NEEDED',
      'Jiko needs to see more documents',
      'Proof of your Social Security number'
    ],
    ['Rejected', 'REJECTED', 'Jiko could not open an account for you', 'how to contact Jiko'],
    ['Pending', 'PENDING', 'Jiko has your application', 'one business day'],
    [
      'Screening',
      'THIRD_PARTY_SCREENING',
      'Jiko is still working on your application',
      'cannot say how long'
    ]
  ]

  test.each(SCREENS)('%s ends at %s and sees “%s”', async (lastName, status, title, words) => {
    const user = await apply(lastName)
    await world.settle()
    await PangeaService.onboardUser(user, {})
    expect((await application(user)).status).toBe(status)
    const screen = await renderOnboarding(user)
    shown.push(screen.html)
    expect(screen).toMatchObject({ step: 'status', title })
    expect(screen.text).toContain(words)
    expect(screen.text).not.toMatch(/score|denied|declined|fraud|IDENTITY_NOT_CONFIRMED/i)
  })

  test('is listed on the console', () => {
    for (const [lastName] of SCREENS)
      expect(APPLICANT_RULES.join('\n')).toContain(`Ada ${lastName} `)
  })

  test.each(['Address', 'Number'])(
    '%s gets an account after the one requested document',
    async (lastName) => {
      const user = await apply(lastName)
      await world.settle()
      await PangeaService.onboardUser(user, {})
      expect((await application(user)).documents).toHaveLength(1)
      expect(await goOn(user)).toBe('link-bank')
    }
  )
})

test('none of these flows leaves a Social Security or account number in a table, log line or page', async () => {
  const accounts = world.jiko.store.collection<Portal>('portals').all()
  expect(accounts.length).toBeGreaterThan(20)
  const needles = [...ssnFormats(SSN), ...accounts.map(({ account_number }) => account_number)]
  expect(await tablesContaining(world.storage, needles)).toEqual([])
  for (const text of [logs(), ...shown])
    expect(needles.filter((needle) => text.includes(needle))).toEqual([])
  expect(logs()).toContain('application.unknown_status')
})
