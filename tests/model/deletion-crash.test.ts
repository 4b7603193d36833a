import { afterAll, beforeAll, expect, test } from 'vitest'
import type { UserActor } from '@/lib/domain/users/actor'
import { advanceClock } from '@/lib/platform/clock'
import { isIntegrationError } from '@/lib/platform/errors'
import { DataService, PangeaService } from '@/lib/services'
import {
  type CrashPlan,
  createCrashInjector,
  type TrackedCall
} from '@/tests/model/simulation/crash-injector'
import { completeDraft, SSN } from '@/tests/support/applicant'
import { itemOf } from '@/tests/support/connections'
import { columnsContaining } from '@/tests/support/leaks'
import { openWorld, type World } from '@/tests/support/world'
import { openDatabase } from '@/xata/client'
import { openTcp } from '@/xata/drivers/tcp'

const LEASE_MS = 61_000
const power = createCrashInjector()
const fetchNow = globalThis.fetch

let world: World
beforeAll(async () => {
  world = await openWorld()
  Reflect.set(
    globalThis,
    Symbol.for('pangea.database'),
    openDatabase(power.transport(openTcp(world.storage.databaseUrl)))
  )
  // Webhooks arrive at any time; here only the planned interruption may happen.
  for (const vendor of ['clerk', 'plaid', 'jiko'] as const)
    await world.control(vendor, '/deliveries/mode', { drop: true })
  globalThis.fetch = watched
})
afterAll(async () => {
  globalThis.fetch = fetchNow
  await world.close()
})

/** Calls to Jiko and Clerk count as actions too; Plaid's one call is between two statements. */
const watched: typeof fetch = (input, init) => {
  const url = new URL(input instanceof Request ? input.url : input)
  const vendor =
    [world.jiko.url, world.clerk.url].includes(url.origin) && !url.pathname.startsWith('/_sandbox')
  if (!vendor) return fetchNow(input, init)
  const path = url.pathname.replaceAll(/[0-9a-f-]{36}|user_\w+/g, '…')
  return power
    .call(
      path,
      () => fetchNow(input, init),
      () => new Error('cut')
    )
    .catch(() => Response.json({}, { status: 403 }))
}

async function settled(): Promise<{ user: UserActor; itemId: string; pocket: string }> {
  power.plan(null)
  const user = await world.createUser()
  await completeDraft(user)
  await PangeaService.onboardUser(user, { ssn: SSN, withLinkToken: true })
  await PangeaService.onboardUser(user, {})
  const { connectionId } = await PangeaService.linkBank(user, {
    publicToken: await world.publicToken(),
    linkSessionId: null,
    institutionId: null,
    accounts: []
  })
  await world.storage.rows('delete from sync_runs where user_id = $1', [user.userId])
  const { plaidItemId } = await DataService.getConnection(user, connectionId)
  return {
    user,
    itemId: plaidItemId,
    pocket: (await DataService.findBankAccount(user))?.jikoPocketId ?? ''
  }
}

/** Rejections in a process that lost its power are expected. */
async function interrupted(run: () => Promise<unknown>): Promise<void> {
  await run().catch((error: unknown) => {
    if (!isIntegrationError(error)) throw error
  })
}

async function play(plan: CrashPlan | null): Promise<TrackedCall[]> {
  const { user, itemId, pocket } = await settled()
  const { id } = await PangeaService.deleteMyData(user)
  power.plan(plan)
  await interrupted(PangeaService.runDueJobs)
  const actions = [...power.report().actions]
  power.reset()
  for (let round = 0; round < 3; round++) {
    advanceClock(LEASE_MS * 6)
    await PangeaService.runDueJobs()
  }
  expect(await DataService.getDeletion(id)).toMatchObject({ status: 'completed' })
  expect(await itemOf(world, itemId), 'the Item at Plaid').toMatchObject({ removed: true })
  expect(
    (
      await fetchNow(`${world.clerk.url}/v1/users/${user.userId}`, {
        headers: { authorization: 'Bearer sk_test_flow' }
      })
    ).status,
    'the user at Clerk'
  ).toBe(404)
  expect(await columnsContaining(world.storage, [user.userId, itemId, pocket])).toEqual([])
  const ends = await world.storage.rows(
    'select 1 from audit_entries join audit_details on audit_id = id where action = $1 and user_id = $2',
    ['deletion.completed', `erased:${id}`]
  )
  expect(ends, 'completed once').toHaveLength(1)
  return actions
}

test('a deletion killed before or after any commit and any call is completed by the next process', {
  timeout: 300_000
}, async () => {
  const actions = await play(null)
  // After the last commit the worker only looks for more jobs.
  const points = actions.slice(
    0,
    actions.findLastIndex(({ name }) => name.includes('insert into audit_entries')) + 1
  )
  expect(points.filter(({ kind }) => kind === 'plaid').length, 'calls').toBeGreaterThan(4)
  for (const { n, kind, name } of points) {
    for (const side of process.env.TEST_LONG || n === points.length - 1
      ? (['before', 'after'] as const)
      : (['before'] as const)) {
      await play({ at: n, side, how: 'kill' }).catch((error: Error) => {
        throw new Error(`killed ${side} ${n} (${kind} ${name}): ${error.message}`)
      })
    }
  }
})
