/**
 * Power cuts on demand. Every statement (or atomic batch) and every vendor call of this process passes here and counts as one action; an armed
 * switch ends the process, in effect, right before or right after one of them: from then on nothing it tries reaches anybody.
 */
import type { Statement, Transport } from '@/xata/client'
import { storageFault } from '@/xata/fault'

export type Side = 'before' | 'after'
export type Action = { n: number; kind: 'storage' | 'plaid'; name: string }
export type Plan = {
  at: number
  side: Side
  /** kill: the process is gone. lose: the answer of this one action is lost and the process lives. stall: it waits until `release`. */
  how: 'kill' | 'lose' | 'stall'
}

/** Call logs are written beside the work, at no fixed moment, and decide nothing. */
const BESIDE = /insert into "?vendor_events/

export function createPowerSwitch() {
  let actions: Action[] = []
  let plan: Plan | null = null
  let dead = false
  let struck = false
  let gate: { opened: Promise<void>; open: () => void; reached: () => void } | null = null

  /** Runs one action under the plan; `gone` makes the fault that the caller sees. */
  async function act<T>(kind: Action['kind'], name: string, run: () => Promise<T>, gone: () => Error): Promise<T> {
    if (dead) throw gone()
    const action = { n: actions.length, kind, name }
    actions.push(action)
    const mine = plan && !struck && plan.at === action.n ? plan : null
    if (mine) struck = true
    if (mine?.side === 'before') await strike(mine, gone)
    const result = await run()
    if (mine?.side === 'after') await strike(mine, gone)
    return result
  }

  async function strike({ how }: Plan, gone: () => Error): Promise<void> {
    if (how === 'stall') {
      gate?.reached()
      await gate?.opened
      return
    }
    dead = how === 'kill'
    throw gone()
  }

  return {
    /** Storage whose every commit is an action. */
    transport: (inner: Transport): Transport => {
      const lost = () => storageFault('UNREACHABLE')
      const named = (statements: Statement[]) => statements.map(({ sql }) => wordsOf(sql)).join(' + ')
      return {
        one: (statement) => {
          if (!BESIDE.test(statement.sql)) return act('storage', named([statement]), () => inner.one(statement), lost)
          return dead ? Promise.reject(lost()) : inner.one(statement)
        },
        batch: (statements) => act('storage', named(statements), () => inner.batch(statements), lost),
        close: () => inner.close()
      }
    },
    /** One call to a vendor as an action. */
    call: <T>(path: string, forward: () => Promise<T>, gone: () => Error) => act('plaid', path, forward, gone),
    arm(next: Plan | null) {
      plan = next
      struck = false
      dead = false
      actions = []
      const reached = deferred()
      const opened = deferred()
      gate = { opened: opened.promise, open: opened.resolve, reached: reached.resolve }
      return { stalled: reached.promise }
    },
    /** Lets a stalled action go on. */
    release: () => gate?.open(),
    /** What happened since it was armed, and whether the plan came true. */
    seen: () => ({ actions, struck }),
    /** The next process starts: whatever reaches out from now on works. */
    revive() {
      plan = null
      dead = false
    }
  }
}

function deferred() {
  let resolve = () => {}
  const promise = new Promise<void>((done) => {
    resolve = done
  })
  return { promise, resolve }
}

/** The verbs and tables of a statement, which name an action well enough for a person to find it. */
function wordsOf(sql: string): string {
  const words = [...sql.matchAll(/\b(insert into|update|delete from|from)\s+"?([a-z_]+)"?/g)].map(([, verb, table]) => `${verb} ${table}`)
  const writes = words.filter((word) => !word.startsWith('from '))
  return [...new Set(writes.length ? writes : words)].slice(0, 3).join(', ') || sql.slice(0, 40)
}
