/**
 * The submit step at a bank in trouble: each call × each fault × each answer to a repeated key. Every cell says what is stored after the
 * failure, goes on the way a person or the sweep would, and may end in one applied application only.
 */
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import type { Person } from '@/lib/domain/actor'
import { onboardingStep } from '@/lib/domain/onboarding'
import { IntegrationError, RequestError } from '@/lib/platform/errors'
import { DataService, PangeaService } from '@/lib/services'
import { fillIn } from '@/tests/support/applicant'
import { openWorld, type World } from '@/tests/support/world'

type Operation = 'create' | 'apply' | 'read-back'
type Fault = { name: string; kind: string; times?: number; shape?: 'list' | 'string' }
/** Where the person stands after the submit: on the way through, or at a step from which it goes on. */
type Step = 'through' | 'check' | 'ssn-again' | 'submitting' | 'status'

const FAULTS: Fault[] = [
  { name: 'timeout before the bank took it', kind: 'timeout' },
  { name: 'timeout after the bank took it', kind: 'timeout_after_commit' },
  { name: 'reset', kind: 'reset' },
  { name: '401 expired', kind: '401', times: 1 },
  { name: '409', kind: '409' },
  { name: '422 with a list', kind: '422', shape: 'list' },
  { name: '422 with a sentence', kind: '422', shape: 'string' },
  { name: '429', kind: '429', times: 1 },
  { name: '500', kind: '500' },
  { name: 'HTML', kind: 'html' },
  { name: 'truncated JSON', kind: 'truncated' },
  { name: 'unknown status', kind: 'unknown' }
]
const OPERATIONS: Operation[] = ['create', 'apply', 'read-back']
const KEYS = ['first_answer', 'conflict'] as const
const PATH = '/api/v1/applications/'

/** What is left when every attempt fails the same way. */
const LEFT: Record<Operation, Step> = { create: 'ssn-again', apply: 'submitting', 'read-back': 'status' }

function expected(operation: Operation, { kind, times }: Fault): Step {
  if (times || kind === 'unknown') return 'through'
  return kind === '422' && operation === 'create' ? 'check' : LEFT[operation]
}

/** Whether a repeat is answered or refused matters only where the bank has seen the key. */
const SEEN = new Set(['timeout_after_commit', 'truncated', '409'])

const CELLS = KEYS.flatMap((key) =>
  OPERATIONS.flatMap((operation) => FAULTS.map((fault) => ({ operation, fault, key, title: `${operation} × ${fault.name}, repeated key: ${key}` })))
).filter(({ operation, fault, key }) => key === 'first_answer' || (operation !== 'read-back' && SEEN.has(fault.kind)))

let world: World
const numbers: string[] = []
beforeAll(async () => {
  world = await openWorld()
})
afterAll(async () => {
  console.info(`submit failure table: ${CELLS.length} cells`)
  await world.close()
})
afterEach(() => vi.restoreAllMocks())

type Ledger = { applications: { id: string; applied: number }[]; applied: number }
const ledger = async () => (await world.control('jiko', '/ledger')) as Ledger
const stepOf = async (person: Person) => onboardingStep(await DataService.getOnboardingFacts(person))

/** A number of its own for each cell, so that one that is kept anywhere is found. */
function freshNumber(): string {
  const number = `${210 + (numbers.length % 90)}47${String(3_100 + numbers.length)}`
  numbers.push(number)
  return number
}

/** As a process that starts anew: no open breaker, no session. Waits are those of a bank that answers two hundred times as fast. */
function restart(): void {
  for (const name of ['vendors', 'jiko.session']) Reflect.deleteProperty(globalThis, Symbol.for(`pangea.${name}`))
  vi.restoreAllMocks()
}

async function plant(operation: Operation, { kind, times, shape }: Fault): Promise<void> {
  const real = AbortSignal.timeout.bind(AbortSignal)
  vi.spyOn(Math, 'random').mockReturnValue(0)
  if (kind.startsWith('timeout')) vi.spyOn(AbortSignal, 'timeout').mockImplementation((milliseconds) => real(Math.max(60, milliseconds / 100)))
  await world.control('jiko', '/switches', { validationShape: shape ?? 'list' })
  if (kind === 'unknown') return rewriteStatus(operation)
  const method = operation === 'read-back' ? 'GET' : 'POST'
  // The first POST creates, the second applies; this one lets the first through.
  if (operation === 'apply') await world.control('jiko', '/faults', { path: PATH, method, kind: 'latency', delay: 0, times: 1 })
  await world.control('jiko', '/faults', { path: PATH, method, kind, delay: 400, ...(times ? { times } : {}) })
}

/** One answer whose status is in no list. */
function rewriteStatus(operation: Operation): void {
  const real = globalThis.fetch
  const ends = { create: '/applications/', apply: '/apply/', 'read-back': '/' }[operation]
  const method = operation === 'read-back' ? 'GET' : 'POST'
  let left = 1
  vi.spyOn(globalThis, 'fetch').mockImplementation(async (input, init) => {
    const response = await real(input, init)
    const { pathname } = new URL(String(input))
    if (left === 0 || init?.method !== method || !pathname.startsWith(PATH) || !pathname.endsWith(ends)) return response
    left--
    const json = (await response.json()) as object
    return Response.json({ ...json, status: 'THIRD_PARTY_SCREENING', customer_id: null }, { status: response.status })
  })
}

async function mend(): Promise<void> {
  restart()
  await fetch(`${world.jiko.url}/_sandbox/faults`, { method: 'DELETE' })
}

/** What the page then shows leads on: type the number again, or leave it to the sweep. */
async function goOn(person: Person, ssn: string): Promise<string> {
  for (let round = 0; round < 5; round++) {
    const step = await stepOf(person)
    if (step === 'link-bank') return step
    if (step === 'check' || step === 'ssn-again') await PangeaService.submitApplication(person, { ssn })
    else await PangeaService.onboardUser(person, {})
  }
  return stepOf(person)
}

const stored = async (person: Person) => {
  const application = await DataService.findApplication(person)
  return {
    known: Boolean(application?.jikoApplicationId),
    applied: Boolean(application?.appliedAt),
    keptBody: Boolean(application?.body),
    busy: application?.busyToken ?? null
  }
}
const STORED: Record<Exclude<Step, 'through'>, Awaited<ReturnType<typeof stored>>> = {
  check: { known: false, applied: false, keptBody: false, busy: null },
  'ssn-again': { known: false, applied: false, keptBody: true, busy: null },
  submitting: { known: true, applied: false, keptBody: true, busy: null },
  status: { known: true, applied: true, keptBody: false, busy: null }
}

describe('a submit that fails', () => {
  test.each(CELLS)('$title', async ({ operation, fault, key }) => {
    const person = await world.person()
    await fillIn(person)
    const known = new Set((await ledger()).applications.map(({ id }) => id))
    const ssn = freshNumber()
    await world.control('jiko', '/switches', { repeatKey: key })
    restart()
    await plant(operation, fault)
    const thrown: unknown = await PangeaService.submitApplication(person, { ssn }).then(
      () => null,
      (error: unknown) => error
    )
    await mend()
    const left = expected(operation, fault)
    if (left === 'through') expect(thrown).toBeNull()
    else {
      expect(thrown instanceof IntegrationError || thrown instanceof RequestError, String(thrown)).toBe(true)
      expect(await stepOf(person)).toBe(left)
      expect(await stored(person)).toEqual(STORED[left])
    }
    expect(await goOn(person, ssn)).toBe('link-bank')
    const made = (await ledger()).applications.filter(({ id }) => !known.has(id))
    expect(made.filter(({ applied }) => applied > 0).map(({ applied }) => applied)).toEqual([1])
    expect(made.length).toBeLessThanOrEqual(2)
  })

  test('leaves none of the numbers anywhere in the database', async () => {
    expect(new Set(numbers).size).toBe(CELLS.length)
    const tables = await world.storage.rows<{ name: string }>(`select table_name as name from information_schema.tables where table_schema = 'public'`)
    for (const { name } of tables) {
      const text = JSON.stringify(await world.storage.rows(`select t::text from "${name}" t`))
      expect(
        numbers.filter((number) => text.includes(number)),
        name
      ).toEqual([])
    }
  })
})
