/** The operator's onboarding report, compared with simulated users whose history is known. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { FUNNEL_STEPS, type FunnelStep } from '@/lib/domain/onboarding/funnel'
import { QUESTIONS } from '@/lib/domain/onboarding/onboarding'
import * as DataService from '@/lib/services/data'
import { openTestStorage, type TestStorage } from '@/tests/support/storage'

const USERS = process.env.TEST_LONG ? 5_000 : 500
const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const DAYS = 30
/** Whole seconds: the database keeps microseconds, and medians are compared exactly. */
const NOW = Math.floor(Date.now() / 1_000) * 1_000

type Simulated = {
  userId: string
  /** When each step was first done, in ms; a step after a gap was not done. */
  times: Map<FunnelStep, number>
  status: string | null
  startedOnly: boolean
}

/** A small generator: 32 bits of a linear congruence are random enough for counts. */
function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

function simulate(random: () => number): Simulated[] {
  return Array.from({ length: USERS }, (_, index) => {
    const userId = `user_simulated_${index}`
    let at = NOW - Math.floor(random() * 45 * DAY_MS)
    const times = new Map<FunnelStep, number>([['signed_up', at]])
    const furthest = Math.floor(random() * FUNNEL_STEPS.length)
    for (const step of FUNNEL_STEPS.slice(1, furthest + 1)) {
      at += 1_000 * Math.ceil(random() * 7_200)
      times.set(step, at)
    }
    const isOpen = times.has('account_open')
    const statuses = ['SUBMITTED', 'MANUAL_REVIEW', 'DOCUMENTS_NEEDED', 'APPROVED', 'REJECTED']
    const status = statuses[Math.floor(random() * statuses.length)] ?? null
    const startedOnly = !times.has('submitted') && times.has('agreements') && random() < 0.3
    const shown = times.has('submitted') ? status : null
    return { userId, times, status: isOpen ? 'APPROVED' : shown, startedOnly }
  })
}

const iso = (ms: number) => new Date(ms).toISOString()

async function store(storage: TestStorage, users: Simulated[]): Promise<void> {
  const insert = (statement: string, rows: object[]) =>
    storage.rows(statement, [JSON.stringify(rows)])
  const withStep = (step: FunnelStep) =>
    users.flatMap((user) => {
      const at = user.times.get(step)
      const last = Math.max(...user.times.values())
      return at === undefined ? [] : [{ ...user, at: iso(at), last }]
    })
  await insert(
    `insert into users (id, created_at) select u.user_id, u.at from jsonb_to_recordset($1::jsonb) as u (user_id text, at timestamptz)`,
    withStep('signed_up').map(({ userId, at }) => ({ user_id: userId, at }))
  )
  const answers = QUESTIONS.flatMap(({ key }) =>
    withStep(key).flatMap(({ userId, at, last }) => [
      { id: randomUUID(), user_id: userId, at, action: 'application.answered', key },
      // A later correction of the same answer changes nothing.
      { id: randomUUID(), user_id: userId, at: iso(last), action: 'application.answered', key }
    ])
  )
  const consents = withStep('agreements').map(({ userId, at }) => ({
    id: randomUUID(),
    user_id: userId,
    at,
    action: 'application.consented',
    key: null
  }))
  await insert(
    `with given as (select * from jsonb_to_recordset($1::jsonb) as g (id uuid, user_id text, at timestamptz, action text, key text)),
      entries as (insert into audit_entries (id, actor_kind, action, outcome, detail, created_at)
        select id, 'person', action, 'success', jsonb_build_object('questions', case when key is null then '[]'::jsonb else jsonb_build_array(key) end), at from given)
      insert into audit_details (audit_id, actor_id, user_id) select id, user_id, user_id from given`,
    [...answers, ...consents]
  )
  const started = users.flatMap(({ userId, times, startedOnly, status }) => {
    const at = times.get('submitted') ?? (startedOnly ? times.get('agreements') : undefined)
    return at === undefined
      ? []
      : [
          {
            id: randomUUID(),
            user_id: userId,
            applied: times.has('submitted'),
            at: iso(at),
            status
          }
        ]
  })
  await insert(
    `insert into applications (id, user_id, status, create_key, apply_key, pocket_key, applied_at, created_at, updated_at)
      select id, user_id, status, gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), case when applied then at end, at, at
      from jsonb_to_recordset($1::jsonb) as a (id uuid, user_id text, applied boolean, at timestamptz, status text)`,
    started
  )
  await insert(
    `insert into bank_accounts (id, user_id, application_id, jiko_pocket_id, jiko_customer_id, name, status, created_at)
      select gen_random_uuid(), b.user_id, a.id, b.user_id, b.user_id, 'Cash', 'OPEN', b.at
      from jsonb_to_recordset($1::jsonb) as b (user_id text, at timestamptz) join applications a using (user_id)`,
    withStep('account_open').map(({ userId, at }) => ({ user_id: userId, at }))
  )
  await insert(
    `insert into bank_connections (id, user_id, plaid_item_id, institution_name, webhook_url, public_token_hash, created_at)
      select gen_random_uuid(), user_id, user_id, 'Bank', '', user_id, at from jsonb_to_recordset($1::jsonb) as c (user_id text, at timestamptz)`,
    withStep('bank_linked').map(({ userId, at }) => ({ user_id: userId, at }))
  )
}

const median = (values: number[]): number | null => {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = (sorted.length - 1) / 2
  const [low, high] = [sorted[Math.floor(middle)], sorted[Math.ceil(middle)]]
  return low === undefined || high === undefined ? null : (low + high) / 2
}

let storage: TestStorage
let users: Simulated[]
let recent: Simulated[]
beforeAll(async () => {
  storage = await openTestStorage()
  users = simulate(randomFrom(20_261_129))
  await store(storage, users)
  recent = users.filter(
    ({ times }) => (times.get('signed_up') ?? 0) >= NOW - DAYS * DAY_MS + HOUR_MS
  )
  // Users at the edge of the period would depend on the second of the query.
  await storage.rows('delete from users where created_at between $1 and $2', [
    iso(NOW - DAYS * DAY_MS - HOUR_MS),
    iso(NOW - DAYS * DAY_MS + HOUR_MS - 1)
  ])
})
afterAll(() => storage.close())

describe('the report of simulated users', () => {
  test('counts who entered and did each step, and the median time', async () => {
    const truth = FUNNEL_STEPS.map((step, index) => {
      const before = FUNNEL_STEPS[index - 1]
      const seconds = recent.flatMap(({ times }) => {
        const [from, to] = [before && times.get(before), times.get(step)]
        return from === undefined || to === undefined ? [] : [(to - from) / 1_000]
      })
      return {
        step,
        entered: before ? recent.filter(({ times }) => times.has(before)).length : recent.length,
        done: recent.filter(({ times }) => times.has(step)).length,
        medianSeconds: median(seconds)
      }
    })
    expect(await DataService.readFunnel(DAYS)).toEqual(truth)
    expect(truth[0]?.entered).toBeGreaterThan(USERS / 2)
  })

  test('counts the sign-ups of each day and how far they came', async () => {
    const days = new Map<string, Simulated[]>()
    for (const user of recent) {
      const day = iso(user.times.get('signed_up') ?? 0).slice(0, 10)
      days.set(day, [...(days.get(day) ?? []), user])
    }
    const truth = [...days]
      .toSorted(([a], [b]) => (a < b ? 1 : -1))
      .map(([day, those]) => {
        const count = (step: FunnelStep) => those.filter(({ times }) => times.has(step)).length
        return {
          day,
          signedUp: those.length,
          submitted: count('submitted'),
          accountOpen: count('account_open'),
          bankLinked: count('bank_linked')
        }
      })
    expect(await DataService.readFunnelCohorts(DAYS)).toEqual(truth)
  })

  test('lists who has not moved for a day, the longest first', async () => {
    const truth = recent
      .filter(
        ({ times, status }) => times.size > 1 && !times.has('account_open') && status !== 'REJECTED'
      )
      .map(({ userId, times, status, startedOnly }) => ({
        userId,
        status,
        step: startedOnly ? ('submitted' as const) : ([...times.keys()].at(-1) ?? 'signed_up'),
        since: Math.max(...times.values())
      }))
      .filter(({ since }) => since < NOW - DAY_MS - HOUR_MS)
      .toSorted((a, b) => a.since - b.since || (a.userId < b.userId ? -1 : 1))
      .slice(0, 100)
      .map((one) => ({ ...one, since: iso(one.since) }))
    expect(await DataService.listStuckApplications(DAYS)).toEqual(truth)
  })
})

test('errors that ended Link are counted by bank, without the users', async () => {
  await storage.rows(
    `insert into institutions (id, name) values ('ins_1', 'First Platypus Bank') on conflict do nothing`
  )
  const [one, other] = recent
  for (const [userId, institution, code] of [
    [one?.userId, 'ins_1', 'INVALID_CREDENTIALS'],
    [other?.userId, 'ins_1', 'INVALID_CREDENTIALS'],
    [one?.userId, null, 'INSTITUTION_DOWN'],
    [one?.userId, 'ins_1', null]
  ])
    await storage.rows(
      `insert into link_events (id, user_id, type, institution_id, error_code) values (gen_random_uuid(), $1, 'exit', $2, $3)`,
      [userId, institution, code]
    )
  expect(await DataService.countLinkErrors(DAYS)).toEqual([
    { institution: 'First Platypus Bank', code: 'INVALID_CREDENTIALS', count: 2 },
    { institution: 'No bank chosen', code: 'INSTITUTION_DOWN', count: 1 }
  ])
})
