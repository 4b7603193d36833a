/**
 * `npm run bench policies`: what row-level security costs on page reads. The statements of each view
 * are repeated with and without it, in turns, so that both meet the same load of the machine.
 */
import type { UserActor } from '@/lib/domain/users/actor'
import { createUser, median, VIEWS } from '@/scripts/bench/pages'
import { openDatabase } from '@/xata/client'
import { openTcp } from '@/xata/drivers/tcp'
import type { Statement, Transport } from '@/xata/drivers/transport'

const ROWS = 100_000
const ROUNDS = 15
type View = (actor: UserActor) => Promise<unknown>
/** Views that write are not page reads. */
const isRead = ([name]: [string, View]) => !/edit|rule|own transfers/.test(name)

export async function reportPolicies(storage: string, databaseUrl: string): Promise<void> {
  const actor = await createUser(databaseUrl, ROWS)
  const transport = openTcp(databaseUrl, { statementMs: 120_000 })
  await transport.batch([{ sql: 'analyze', params: [] }])
  console.log(
    `\n| ${storage}, ${ROWS.toLocaleString('en')} rows | without, ms | with, ms | |\n|---|---|---|---|`
  )
  const totals = { without: 0, with: 0 }
  for (const [name, view] of VIEWS.filter(isRead)) {
    const batches = await statementsOf(transport, () => view(actor))
    const { without, with: protectedMs } = await compare(transport, batches)
    totals.without += without
    totals.with += protectedMs
    console.log(row(name, without, protectedMs))
  }
  console.log(row('all', totals.without, totals.with))
  await transport.close()
}

type Batch = { statements: Statement[]; first: Statement | undefined }

/** Runs a view and records what it sends. */
async function statementsOf(inner: Transport, view: () => Promise<unknown>): Promise<Batch[]> {
  const batches: Batch[] = []
  const recording: Transport = {
    batch: (statements, first) => {
      batches.push({ statements, first })
      return inner.batch(statements, first)
    },
    close: async () => {}
  }
  Reflect.set(globalThis, Symbol.for('pangea.database'), openDatabase(recording))
  await view()
  return batches
}

/** The median time of all statements of a view. */
async function compare(
  transport: Transport,
  batches: Batch[]
): Promise<{ without: number; with: number }> {
  const taken: Record<'without' | 'with', number[]> = { without: [], with: [] }
  for (let round = 0; round < ROUNDS; round++)
    for (const key of round % 2 ? (['with', 'without'] as const) : (['without', 'with'] as const)) {
      const start = performance.now()
      for (const { statements, first } of batches)
        await transport.batch(statements, key === 'with' ? first : undefined)
      taken[key].push(performance.now() - start)
    }
  return { without: median(taken.without), with: median(taken.with) }
}

function row(name: string, before: number, after: number): string {
  const change = (after / before - 1) * 100
  return `| ${name} | ${before.toFixed(1)} | ${after.toFixed(1)} | ${change > 0 ? '+' : ''}${change.toFixed(1)} % |`
}
