/**
 * Power cuts on demand. Every statement (or atomic batch) and every vendor call of this process
 * passes here and counts as one action; a plan ends the process, in effect, right before or right
 * after one of them: nothing it tries afterwards has an effect.
 */

import { storageError } from '@/xata/drivers/storage-error'
import type { Statement, Transport } from '@/xata/drivers/transport'

export type CrashSide = 'before' | 'after'
export type TrackedCall = { n: number; kind: 'storage' | 'plaid'; name: string }
export type CrashPlan = {
  at: number
  side: CrashSide
  /**
   * kill: the process is gone. lose: the response of this one action is lost and the process lives.
   * stall: it waits until `release`.
   */
  how: 'kill' | 'lose' | 'stall'
}

/** Call logs are written concurrently, at no fixed moment, and decide nothing. */
const UNTRACKED = /insert into "?vendor_events/

/** One plan: whether it happened, and the gate at which a stalled action waits. */
type ArmedPlan = { plan: CrashPlan; struck: boolean; reached: Deferred; opened: Deferred }

const NO_PLAN: CrashPlan = { at: -1, side: 'before', how: 'lose' }

export function createCrashInjector() {
  let actions: TrackedCall[] = []
  let armed: ArmedPlan[] = []
  let dead = false

  /** Runs one action under the plans; `gone` makes the caller's error. */
  async function act<T>(
    kind: TrackedCall['kind'],
    name: string,
    run: () => Promise<T>,
    gone: () => Error
  ): Promise<T> {
    if (dead) throw gone()
    const action = { n: actions.length, kind, name }
    actions.push(action)
    const mine = armed.find(({ plan, struck }) => !struck && plan.at === action.n)
    if (mine) mine.struck = true
    if (mine?.plan.side === 'before') await strike(mine, gone)
    const result = await run()
    if (mine?.plan.side === 'after') await strike(mine, gone)
    return result
  }

  async function strike(
    { plan: { how }, reached, opened }: ArmedPlan,
    gone: () => Error
  ): Promise<void> {
    if (how === 'stall') {
      reached.resolve()
      await opened.promise
      return
    }
    dead = how === 'kill'
    throw gone()
  }

  function add(plan: CrashPlan) {
    const mine: ArmedPlan = { plan, struck: false, reached: deferred(), opened: deferred() }
    armed.push(mine)
    return {
      stalled: mine.reached.promise,
      struck: () => mine.struck,
      release: mine.opened.resolve
    }
  }

  return {
    /** Storage in which every commit is an action. */
    transport: (inner: Transport): Transport => {
      const lost = () => storageError('UNREACHABLE')
      const named = (statements: Statement[]) =>
        statements.map(({ sql }) => summarizeSql(sql)).join(' + ')
      return {
        batch: (statements, first) => {
          const run = () => inner.batch(statements, first)
          const tracked = statements.length > 1 || !UNTRACKED.test(statements[0]?.sql ?? '')
          if (tracked) return act('storage', named(statements), run, lost)
          return dead ? Promise.reject(lost()) : run()
        },
        close: () => inner.close()
      }
    },
    /** One call to a vendor as an action. */
    call: <T>(path: string, forward: () => Promise<T>, gone: () => Error) =>
      act('plaid', path, forward, gone),
    /** Clears the plans and resets the counter; null plans nothing. */
    plan(plan: CrashPlan | null) {
      dead = false
      actions = []
      armed = []
      return add(plan ?? NO_PLAN)
    },
    /** One more plan beside the pending ones, counted from here. */
    addPlan: (plan: CrashPlan) => add({ ...plan, at: actions.length + plan.at }),
    /** The actions since the plan was set, and whether the plan was carried out. */
    report: () => ({ actions, struck: armed.some(({ struck }) => struck) }),
    /** The next process starts: its calls work again. */
    reset() {
      armed = []
      dead = false
    }
  }
}

type Deferred = { promise: Promise<void>; resolve: () => void }

function deferred(): Deferred {
  let resolve = () => {}
  const promise = new Promise<void>((done) => {
    resolve = done
  })
  return { promise, resolve }
}

/** The verbs and tables of a statement, which identify an action for a reader. */
function summarizeSql(sql: string): string {
  const words = [...sql.matchAll(/\b(insert into|update|delete from|from)\s+"?([a-z_]+)"?/g)].map(
    ([, verb, table]) => `${verb} ${table}`
  )
  const writes = words.filter((word) => !word.startsWith('from '))
  return [...new Set(writes.length ? writes : words)].slice(0, 3).join(', ') || sql.slice(0, 40)
}
