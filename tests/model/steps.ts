/** What can happen to a bank login, as plain data that shrinks well. Picks are numbers; each is taken modulo what there is to pick from. */
import fc from 'fast-check'

export type VendorChange =
  | { change: 'add'; count: number; pending: boolean; units: number }
  | { change: 'post'; pick: number; all: boolean }
  | { change: 'modify'; pick: number; what: 'amount' | 'name' | 'date' | 'merchant' | 'echo'; units: number }
  | { change: 'remove'; pick: number }

export type Step =
  | { do: 'vendor'; what: VendorChange }
  /** The change comes right before the so-manieth page from now is answered. */
  | { do: 'while paging'; page: number; what: VendorChange }
  | { do: 'refuse a page' }
  | { do: 'forget cursors' }
  | { do: 'page size'; size: number | null }
  | { do: 'webhook'; pick: number; fate: 'arrives' | 'arrives twice' | 'is lost' }
  | { do: 'webhooks'; order: 'first first' | 'last first' }
  | { do: 'press' }
  | { do: 'drain'; workers: 1 | 2 }
  | { do: 'crash'; at: number; side: 'before' | 'after'; restartAfter: number }
  | { do: 'lose answer'; at: number }
  | { do: 'stall'; at: number; side: 'before' | 'after' }
  | { do: 'sweep' }
  | { do: 'wait'; ms: number }
  | { do: 'break'; code: 'ITEM_LOGIN_REQUIRED' | 'INSTITUTION_DOWN' }
  | { do: 'repair' }

export type History = {
  transactions: number
  pageSize: number | null
  /** Milliseconds until Plaid has the first month, and everything. */
  readyAfter: { initial: number; historical: number }
  steps: Step[]
}

const pick = fc.nat({ max: 30 })
/** Ten-thousandths of a unit of money, so that amounts have more decimals than cents now and then. */
const units = fc.oneof(
  fc.integer({ min: -90_000, max: 90_000 }).map((n) => n * 100),
  fc.integer({ min: -9_000_000, max: 9_000_000 })
)

const change: fc.Arbitrary<VendorChange> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ change: fc.constant('add' as const), count: fc.integer({ min: 1, max: 4 }), pending: fc.boolean(), units }) },
  { weight: 3, arbitrary: fc.record({ change: fc.constant('post' as const), pick, all: fc.boolean() }) },
  {
    weight: 2,
    arbitrary: fc.record({ change: fc.constant('modify' as const), pick, what: fc.constantFrom('amount', 'name', 'date', 'merchant', 'echo'), units })
  },
  { weight: 2, arbitrary: fc.record({ change: fc.constant('remove' as const), pick }) }
)

/** A sync of one page takes about nine actions; more pages, more deliveries, more actions. */
const action = fc.nat({ max: 24 })
const side = fc.constantFrom('before' as const, 'after' as const)
const MINUTE = 60_000
const HOUR = 60 * MINUTE
const wait = fc.constantFrom(2_000, 61_000, 11 * MINUTE, 7 * HOUR, 25 * HOUR, 15 * 24 * HOUR)

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 10, arbitrary: fc.record({ do: fc.constant('vendor' as const), what: change }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('while paging' as const), page: fc.nat({ max: 4 }), what: change }) },
  { weight: 1, arbitrary: fc.constant({ do: 'refuse a page' as const }) },
  { weight: 1, arbitrary: fc.constant({ do: 'forget cursors' as const }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('page size' as const), size: fc.constantFrom(1, 2, 3, null) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('webhook' as const), pick, fate: fc.constantFrom('arrives', 'arrives twice', 'is lost') }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('webhooks' as const), order: fc.constantFrom('first first', 'last first') }) },
  { weight: 2, arbitrary: fc.constant({ do: 'press' as const }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('drain' as const), workers: fc.constantFrom(1 as const, 2 as const) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('crash' as const), at: action, side, restartAfter: fc.constantFrom(0, 5_000, 61_000) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('lose answer' as const), at: action }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('stall' as const), at: action, side }) },
  { weight: 1, arbitrary: fc.constant({ do: 'sweep' as const }) },
  { weight: 3, arbitrary: wait.map((ms) => ({ do: 'wait' as const, ms })) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('break' as const), code: fc.constantFrom('ITEM_LOGIN_REQUIRED' as const, 'INSTITUTION_DOWN' as const) })
  },
  { weight: 1, arbitrary: fc.constant({ do: 'repair' as const }) }
)

export const history: fc.Arbitrary<History> = fc.record({
  transactions: fc.integer({ min: 0, max: 7 }),
  pageSize: fc.constantFrom(1, 2, 3, null),
  readyAfter: fc.constantFrom({ initial: 0, historical: 0 }, { initial: 30_000, historical: 90_000 }),
  steps: fc.array(step, { minLength: 1, maxLength: 18, size: 'max' })
})
