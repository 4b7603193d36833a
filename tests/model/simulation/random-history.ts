/** Random histories, with common steps more often. */
import fc from 'fast-check'
import type { Action, History, Step, VendorChange } from '@/tests/model/simulation/steps'

const pick = fc.nat({ max: 30 })
/** Ten-thousandths of a currency unit, so that some amounts have more decimals than cents. */
const units = fc.oneof(
  fc.integer({ min: -90_000, max: 90_000 }).map((n) => n * 100),
  fc.integer({ min: -9_000_000, max: 9_000_000 })
)

const change: fc.Arbitrary<VendorChange> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      change: fc.constant('add' as const),
      count: fc.integer({ min: 1, max: 4 }),
      pending: fc.boolean(),
      units
    })
  },
  {
    weight: 3,
    arbitrary: fc.record({ change: fc.constant('post' as const), pick, all: fc.boolean() })
  },
  {
    weight: 2,
    arbitrary: fc.record({
      change: fc.constant('modify' as const),
      pick,
      what: fc.constantFrom('amount', 'name', 'date', 'merchant', 'echo'),
      units
    })
  },
  { weight: 2, arbitrary: fc.record({ change: fc.constant('remove' as const), pick }) }
)

const chosen = fc.integer({ min: 1, max: 7 })
/** The step's discriminator and its parameters. */
const stepOf = <W extends string, T extends object>(
  name: W,
  more: { [K in keyof T]: fc.Arbitrary<T[K]> }
) => fc.record({ do: fc.constant(name), ...more }) as unknown as fc.Arbitrary<{ do: W } & T>

const drain: fc.Arbitrary<Action> = fc.constant({ do: 'drain' })
const relink = stepOf('relink', { chosen, comesBack: fc.boolean() })
const disconnect = stepOf('disconnect', {
  which: fc.constantFrom('open' as const, 'first' as const),
  history: fc.constantFrom('keep' as const, 'erase' as const)
})
const link = stepOf('link', { chosen })
const action: fc.Arbitrary<Action> = fc.oneof(
  { weight: 8, arbitrary: drain },
  { weight: 3, arbitrary: relink },
  { weight: 1, arbitrary: disconnect },
  { weight: 1, arbitrary: link }
)

/** A sync of one page takes about nine actions; more pages, more deliveries, more actions. */
const at = fc.nat({ max: 24 })
const side = fc.constantFrom('before' as const, 'after' as const)
const MINUTE = 60_000
const HOUR = 60 * MINUTE
const wait = fc.constantFrom(2_000, 61_000, 11 * MINUTE, 7 * HOUR, 25 * HOUR, 15 * 24 * HOUR)

/** A worker that resumes too late, mostly while another one is in the middle of the same job. */
const stall = stepOf('stall', {
  at,
  side,
  second: fc.oneof(
    { weight: 3, arbitrary: fc.nat({ max: 12 }) },
    { weight: 1, arbitrary: fc.constant(null) }
  ),
  meanwhile: fc.oneof(
    { weight: 5, arbitrary: fc.constant('nothing' as const) },
    { weight: 1, arbitrary: fc.constant('start over' as const) }
  )
})

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 10, arbitrary: stepOf('vendor', { what: change }) },
  { weight: 4, arbitrary: stepOf('while paging', { page: fc.nat({ max: 4 }), what: change }) },
  { weight: 1, arbitrary: fc.constant({ do: 'refuse a page' as const }) },
  { weight: 1, arbitrary: fc.constant({ do: 'forget cursors' as const }) },
  { weight: 2, arbitrary: stepOf('page size', { size: fc.constantFrom(1, 2, 3, null) }) },
  {
    weight: 3,
    arbitrary: stepOf('webhook', {
      pick,
      fate: fc.constantFrom('arrives' as const, 'arrives twice' as const, 'is lost' as const)
    })
  },
  {
    weight: 2,
    arbitrary: stepOf('webhooks', {
      order: fc.constantFrom('first first' as const, 'last first' as const)
    })
  },
  { weight: 2, arbitrary: fc.constant({ do: 'press' as const }) },
  { weight: 4, arbitrary: drain },
  { weight: 2, arbitrary: fc.constant({ do: 'two workers' as const }) },
  { weight: 2, arbitrary: relink },
  { weight: 1, arbitrary: disconnect },
  { weight: 1, arbitrary: link },
  {
    weight: 4,
    arbitrary: stepOf('crash', {
      in: action,
      at,
      side,
      restartAfter: fc.constantFrom(0, 5_000, 61_000)
    })
  },
  { weight: 2, arbitrary: stepOf('lose answer', { in: action, at }) },
  { weight: 3, arbitrary: stall },
  { weight: 1, arbitrary: fc.constant({ do: 'sweep' as const }) },
  { weight: 3, arbitrary: wait.map((ms) => ({ do: 'wait' as const, ms })) },
  {
    weight: 1,
    arbitrary: stepOf('break', {
      code: fc.constantFrom('ITEM_LOGIN_REQUIRED' as const, 'INSTITUTION_DOWN' as const)
    })
  },
  { weight: 1, arbitrary: fc.constant({ do: 'repair' as const }) },
  {
    weight: 1,
    arbitrary: stepOf('announce', {
      what: fc.constantFrom('expiration' as const, 'disconnect' as const, 'new accounts' as const)
    })
  },
  { weight: 1, arbitrary: fc.constant({ do: 'revoke' as const }) },
  { weight: 1, arbitrary: fc.constant({ do: 'start over' as const }) }
)

export const history: fc.Arbitrary<History> = fc.record({
  transactions: fc.integer({ min: 0, max: 7 }),
  chosen,
  pageSize: fc.constantFrom(1, 2, 3, null),
  readyAfter: fc.constantFrom(
    { initial: 0, historical: 0 },
    { initial: 30_000, historical: 90_000 }
  ),
  steps: fc.array(step, { minLength: 1, maxLength: 18, size: 'max' })
})
