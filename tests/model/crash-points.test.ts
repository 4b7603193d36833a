import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { isIntegrationError, isRequestError } from '@/lib/platform/errors'
import type { CrashPlan, CrashSide, TrackedCall } from '@/tests/model/simulation/crash-injector'
import { CRASH_SCENARIOS, type CrashScenario } from '@/tests/model/simulation/crash-scenarios'
import {
  type BankLogin,
  openVendorModel,
  type VendorModel
} from '@/tests/model/simulation/vendor-model'

const LEASE_MS = 61_000
/** Calls whose answer holds the only copy of a token: a kill after them leaves an Item at Plaid. */
const TOKEN_CALLS: Record<string, string> = {
  link: '/item/public_token/exchange',
  'rotate token': '/item/access_token/invalidate'
}

let world: VendorModel
beforeAll(async () => {
  world = await openVendorModel()
})
afterAll(async () => {
  await world.close()
})

/** The error of a caller in a dead process; nothing acts on it. */
async function interrupted(run: () => Promise<unknown>): Promise<void> {
  try {
    await run()
  } catch (error) {
    if (!(isIntegrationError(error) || isRequestError(error))) throw error
  }
}

async function playVerb(
  verb: CrashScenario,
  plan: CrashPlan | null
): Promise<{ actions: TrackedCall[]; orphans: number; struck: boolean }> {
  const login = await world.login({ transactions: 3 })
  try {
    await verb.prepare(login)
    login.power.plan(plan)
    await interrupted(() => verb.act(login))
    const { struck, actions: during } = login.power.report()
    const actions = [...during]
    login.power.reset()
    login.advance(LEASE_MS)
    await verb.retry(login)
    await untilQuiet(login)
    await verb.verify(login)
    const known = new Set((await login.connections()).map(({ plaidItemId }) => plaidItemId))
    const alive = login.plaid.items
      .all()
      .filter((item) => item.tokenHash && !item.removed && !known.has(item.id))
    return { actions, orphans: alive.length, struck }
  } finally {
    await login.close()
  }
}

/** Failed attempts wait before the next one. */
async function untilQuiet(login: BankLogin): Promise<void> {
  for (let round = 0; round < 2; round++) {
    await login.runWorker()
    login.advance(LEASE_MS)
  }
}

const isTokenLost = (verb: string, actions: TrackedCall[], { at, side }: CrashPlan): boolean => {
  const call = actions.findIndex(({ name }) => name === TOKEN_CALLS[verb])
  return call >= 0 && (at > call || (at === call && side === 'after'))
}

/**
 * Right after one action equals right before the next one, since nothing happens between them. The
 * long run tests both anyway.
 */
const sidesOf = (last: boolean): readonly CrashSide[] =>
  last || process.env.TEST_LONG ? ['before', 'after'] : ['before']

describe.each(CRASH_SCENARIOS.map((verb) => ({ verb, name: verb.name })))('$name', ({ verb }) => {
  let points: TrackedCall[] = []
  beforeAll(async () => {
    points = (await playVerb(verb, null)).actions
  })

  test('has interruption points in its calls and in its commits', () => {
    expect(points.filter(({ kind }) => kind === 'storage').length).toBeGreaterThan(1)
    expect(points.filter(({ kind }) => kind === 'plaid').length).toBeGreaterThan(0)
  })

  test('a kill before or after any of them leaves a state that the next worker run completes', {
    timeout: 300_000
  }, async () => {
    for (const { n, kind, name } of points) {
      for (const side of sidesOf(n === points.length - 1)) {
        const plan: CrashPlan = { at: n, side, how: 'kill' }
        const { orphans } = await playVerb(verb, plan).catch((error: Error) => {
          throw new Error(`killed ${side} ${n} (${kind} ${name}): ${error.message}`)
        })
        const excused = isTokenLost(verb.name, points, plan) ? 1 : 0
        expect(orphans, `orphans after a kill ${side} ${n} (${name})`).toBeLessThanOrEqual(excused)
      }
    }
  })

  test('a storage response lost after its commit does no harm, and leaves no orphan', {
    timeout: 300_000
  }, async () => {
    for (const { n, name } of points.filter(({ kind }) => kind === 'storage')) {
      const { orphans } = await playVerb(verb, { at: n, side: 'after', how: 'lose' }).catch(
        (error: Error) => {
          throw new Error(`the answer of ${n} (${name}) was lost: ${error.message}`)
        }
      )
      expect(orphans, `orphans after losing the answer of ${n} (${name})`).toBe(0)
    }
  })
})

test('a new access token whose commit fails is stored by the next attempt, so it is not lost', async () => {
  const rotate = CRASH_SCENARIOS.find(({ name }) => name === 'rotate token')
  if (!rotate) throw new Error('no such scenario')
  const { actions } = await playVerb(rotate, null)
  const call = actions.findIndex(({ name }) => name === TOKEN_CALLS['rotate token'])
  const plan = { at: call + 1, side: 'before', how: 'lose' } as const
  expect(await playVerb(rotate, plan)).toMatchObject({ orphans: 0, struck: true })
})
