/**
 * The submit step under injected faults: each call × each fault × each response to a repeated key.
 * Each cell states what the user sees and what is stored after the failure, then continues as a
 * user or the sweep would, and may end in one applied application only.
 */
import { inspect } from 'node:util'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { errorResponse } from '@/app/_lib/errors/error-response'
import { onboardingStep } from '@/lib/domain/onboarding/onboarding'
import { systemActor, type UserActor } from '@/lib/domain/users/actor'
import { isIntegrationError, isRequestError } from '@/lib/platform/errors'
import { DataService, PangeaService } from '@/lib/services'
import type { Application, Portal } from '@/sandbox/jiko/state'
import {
  CASES,
  expectedStep,
  type Fault,
  leavesOrphan,
  type Operation,
  PATH,
  SCREENS,
  STORED_STATE
} from '@/tests/flow/pangea/onboarding/submit-failure-cases'
import { completeDraft } from '@/tests/support/applicant'
import { resetSingletons } from '@/tests/support/environment'
import { captureLogs, ssnFormats, tablesContaining } from '@/tests/support/leaks'
import { renderOnboarding } from '@/tests/support/onboarding-screen'
import { openWorld, type World } from '@/tests/support/world'

let world: World
let logs = () => ''
const numbers: string[] = []
/** Everything that was shown, returned or thrown. */
const told: string[] = []
beforeAll(async () => {
  logs = captureLogs()
  world = await openWorld()
})
afterAll(async () => {
  console.info(
    `submit failure table: ${CASES.length} cells, ${CASES.filter(leavesOrphan).length} of them leave an orphan at the bank`
  )
  await world.close()
})
afterEach(() => vi.restoreAllMocks())

type Ledger = {
  applications: { id: string; status: string; applied: number }[]
  applied: number
  orphans: number
}
const ledger = async () => (await world.control('jiko', '/ledger')) as Ledger
const stepOf = async (user: UserActor) => onboardingStep(await DataService.getOnboardingFacts(user))

/** A different number for each cell, so that a stored one is found. */
function freshNumber(): string {
  const number = `${210 + (numbers.length % 90)}47${String(3_100 + numbers.length)}`
  numbers.push(number)
  return number
}

/**
 * Like a restarted process: circuit breakers closed, no session at Jiko, and the real delays again.
 */
function restart(): void {
  resetSingletons('vendors', 'jiko.session')
  vi.restoreAllMocks()
}

async function plant(operation: Operation, { kind, times, shape }: Fault): Promise<void> {
  const real = AbortSignal.timeout.bind(AbortSignal)
  vi.spyOn(Math, 'random').mockReturnValue(0)
  if (kind.startsWith('timeout'))
    vi.spyOn(AbortSignal, 'timeout').mockImplementation((milliseconds) =>
      real(Math.max(60, milliseconds / 100))
    )
  await world.control('jiko', '/switches', { validationShape: shape ?? 'list' })
  if (kind === 'unknown') return rewriteStatus(operation)
  const method = operation === 'read-back' ? 'GET' : 'POST'
  // The first POST creates, the second applies; this one lets the first pass.
  if (operation === 'apply')
    await world.control('jiko', '/faults', {
      path: PATH,
      method,
      kind: 'latency',
      delay: 0,
      times: 1
    })
  await world.control('jiko', '/faults', {
    path: PATH,
    method,
    kind,
    delay: 400,
    ...(times ? { times } : {})
  })
}

/** One response with an unlisted status. */
function rewriteStatus(operation: Operation): void {
  const real = globalThis.fetch
  const ends = { create: '/applications/', apply: '/apply/', 'read-back': '/' }[operation]
  const method = operation === 'read-back' ? 'GET' : 'POST'
  let left = 1
  vi.spyOn(globalThis, 'fetch').mockImplementation(async (input, init) => {
    const response = await real(input, init)
    const { pathname } = new URL(String(input))
    if (
      left === 0 ||
      init?.method !== method ||
      !pathname.startsWith(PATH) ||
      !pathname.endsWith(ends)
    )
      return response
    left--
    const json = (await response.json()) as object
    return Response.json(
      { ...json, status: 'THIRD_PARTY_SCREENING', customer_id: null },
      { status: response.status }
    )
  })
}

async function restoreVendor(): Promise<void> {
  restart()
  await fetch(`${world.jiko.url}/_sandbox/faults`, { method: 'DELETE' })
}

async function see(user: UserActor): Promise<{ title: string; text: string }> {
  const { html, title, text } = await renderOnboarding(user)
  told.push(html)
  expect(html.match(/<h1/g)).toHaveLength(1)
  return { title, text }
}

/** Follows the page: enters the number again, or leaves it to the sweep. */
async function goOn(user: UserActor, ssn: string): Promise<string> {
  for (let round = 0; round < 5; round++) {
    const step = await stepOf(user)
    if (step === 'link-bank') return step
    if (step === 'check' || step === 'ssn-again')
      await PangeaService.onboardUser(user, { ssn, withLinkToken: true })
    else await PangeaService.onboardUser(user, {})
  }
  return stepOf(user)
}

const stored = async (user: UserActor) => {
  const application = await DataService.findApplication(user)
  return {
    known: Boolean(application?.jikoApplicationId),
    applied: Boolean(application?.appliedAt),
    keptBody: Boolean(application?.body),
    busy: application?.busyToken ?? null
  }
}
describe('a failed submit', () => {
  test.each(CASES)('$title', async (cell) => {
    const { operation, fault, key } = cell
    const user = await world.createUser()
    await completeDraft(user)
    const known = new Set((await ledger()).applications.map(({ id }) => id))
    const ssn = freshNumber()
    await world.control('jiko', '/switches', { repeatKey: key })
    restart()
    await plant(operation, fault)
    const thrown: unknown = await PangeaService.onboardUser(user, {
      ssn,
      withLinkToken: true
    }).then(
      () => null,
      (error: unknown) => error
    )
    await restoreVendor()
    const left = expectedStep(operation, fault)
    if (left === 'through') expect(thrown).toBeNull()
    else {
      expect(isIntegrationError(thrown) || isRequestError(thrown), String(thrown)).toBe(true)
      expect(await stepOf(user)).toBe(left)
      expect(await stored(user)).toEqual(STORED_STATE[left])
      told.push(
        inspect(thrown, { depth: 10, showHidden: true }),
        await errorResponse(
          thrown,
          new Request('http://127.0.0.1/api/v1/application/submit')
        ).text()
      )
      const { title, text } = await see(user)
      expect(title).toBe(SCREENS[left].title)
      for (const words of SCREENS[left].words) expect(text).toMatch(words)
    }
    expect(await goOn(user, ssn)).toBe('link-bank')
    await see(user)
    const made = (await ledger()).applications.filter(({ id }) => !known.has(id))
    expect(made.filter(({ applied }) => applied > 0).map(({ applied }) => applied)).toEqual([1])
    expect(made.filter(({ applied }) => applied === 0)).toHaveLength(leavesOrphan(cell) ? 1 : 0)
  })

  test('that is refused permanently is never shown as being sent, and applied applications never accumulate', async () => {
    const user = await world.createUser()
    await completeDraft(user)
    const before = await ledger()
    restart()
    for (let n = 0; n < 3; n++) {
      await plant('apply', { name: '422', kind: '422' })
      await expect(
        PangeaService.onboardUser(user, { ssn: freshNumber(), withLinkToken: true })
      ).rejects.toMatchObject({ code: 'refused' })
      await restoreVendor()
      expect(await renderOnboarding(user)).toMatchObject({
        step: 'check',
        text: expect.stringContaining('could not accept your application')
      })
    }
    expect(await ledger()).toMatchObject({ applied: before.applied, orphans: before.orphans + 3 })
  })

  test('that is refused while the sweep resubmits is rejected as well, and the sweep continues', async () => {
    const user = await world.createUser()
    await completeDraft(user)
    restart()
    await plant('apply', { name: '500', kind: '500' })
    await expect(
      PangeaService.onboardUser(user, { ssn: freshNumber(), withLinkToken: true })
    ).rejects.toMatchObject({ service: 'jiko' })
    await restoreVendor()
    expect((await renderOnboarding(user)).step).toBe('submitting')
    const { jikoApplicationId } = (await DataService.findApplication(user)) ?? {}
    await world.control('jiko', '/faults', {
      path: `${PATH}${jikoApplicationId}/apply/`,
      method: 'POST',
      kind: '422'
    })
    await PangeaService.onboardUser(systemActor('reconcile'), {
      jikoApplicationId: jikoApplicationId ?? ''
    })
    await restoreVendor()
    expect((await renderOnboarding(user)).step).toBe('check')
  })

  test('that Jiko accepted though it first denied it is resumed: no second one is applied', async () => {
    const user = await world.createUser()
    await completeDraft(user)
    restart()
    await plant('apply', { name: '422', kind: '422' })
    await expect(
      PangeaService.onboardUser(user, { ssn: freshNumber(), withLinkToken: true })
    ).rejects.toMatchObject({ code: 'refused' })
    await restoreVendor()
    const [denied = ''] = await DataService.listWithdrawn(user, user.userId)
    const before = await ledger()
    const taken = world.jiko.store.collection<Application>('applications').get(denied)
    if (taken)
      world.jiko.store
        .collection<Application>('applications')
        .put({ ...taken, status: 'SUBMITTED', applied: 1, decideAt: 0, outcome: 'APPROVED' })
    await PangeaService.onboardUser(user, { ssn: freshNumber(), withLinkToken: true })
    expect(await DataService.findApplication(user)).toMatchObject({ jikoApplicationId: denied })
    expect(await ledger()).toMatchObject({ applied: before.applied + 1 })
    expect(await goOn(user, '')).toBe('link-bank')
  })

  test('leaves at Jiko only known applications, applied once, and orphans that are never applied', async () => {
    await world.settle()
    const ours = await world.storage.rows<{ id: string }>(
      'select jiko_application_id as id from applications where jiko_application_id is not null'
    )
    const { applications, orphans } = await ledger()
    const theirs = applications.filter(({ id }) => !ours.some((row) => row.id === id))
    expect(theirs.filter(({ status, applied }) => status !== 'CREATED' || applied > 0)).toEqual([])
    expect(theirs).toHaveLength(orphans)
    expect(orphans).toBeGreaterThanOrEqual(CASES.filter(leavesOrphan).length)
    expect(applications.filter(({ applied }) => applied > 1)).toEqual([])
  })

  test('leaves no Social Security or account number in a table, log line, page, response or error', async () => {
    const accounts = world.jiko.store.collection<Portal>('portals').all()
    const needles = [
      ...numbers.flatMap(ssnFormats),
      ...accounts.map(({ account_number }) => account_number)
    ]
    expect(accounts.length).toBeGreaterThanOrEqual(CASES.length)
    expect(await tablesContaining(world.storage, needles)).toEqual([])
    for (const text of [logs(), ...told])
      expect(needles.filter((needle) => text.includes(needle))).toEqual([])
    // The same search finds what is present.
    expect(logs()).toContain('webhook.stored')
    expect(told.join('')).toContain('Once more'.toLowerCase())
    expect(
      await tablesContaining(world.storage, [accounts[0]?.account_number.slice(-4) ?? ''])
    ).toContain('bank_accounts')
  })
})
