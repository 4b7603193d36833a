/** What Postgres does for the statements of a view. */
import type { UserActor } from '@/lib/domain/users/actor'
import { resetSingletons } from '@/tests/support/environment'
import { openDatabase } from '@/xata/client'
import { openTcp } from '@/xata/drivers/tcp'
import type { Statement, Transport } from '@/xata/drivers/transport'

type Node = {
  'Node Type': string
  'Relation Name'?: string
  'Index Name'?: string
  'Actual Rows': number
  'Actual Loops': number
  'Rows Removed by Filter'?: number
  'Rows Removed by Index Recheck'?: number
  'Shared Hit Blocks': number
  'Shared Read Blocks': number
  Plans?: Node[]
}

export type Plan = {
  /** Rows of `transactions` that were looked at, also those that a filter dropped. */
  rowsRead: number
  /** The indexes that were used, and "all of TABLE" for a table that was read as a whole. */
  access: string[]
  /** Pages of 8 KB that were touched, also inside of functions. */
  pages: number
}

const allNodes = (node: Node): Node[] => [node, ...(node.Plans ?? []).flatMap(allNodes)]

/** Runs a view with the policies of its user, and again each statement with EXPLAIN. */
export async function plansOf(
  databaseUrl: string,
  actor: UserActor,
  view: (actor: UserActor) => Promise<unknown>
): Promise<Plan> {
  const transport = openTcp(databaseUrl)
  const sent: { statement: Statement; scope: Statement | undefined }[] = []
  const recording: Transport = {
    batch: (statements, scope) => {
      sent.push(...statements.map((statement) => ({ statement, scope })))
      return transport.batch(statements, scope)
    },
    close: () => transport.close()
  }
  const key = Symbol.for('pangea.database')
  try {
    Reflect.set(globalThis, key, openDatabase(recording))
    await view(actor)
    const roots: Node[] = []
    for (const { statement, scope } of [...sent])
      roots.push(await explain(transport, statement, scope))
    return summarize(roots)
  } finally {
    await transport.close()
    resetSingletons('database')
  }
}

async function explain(
  transport: Transport,
  { sql, params }: Statement,
  scope: Statement | undefined
): Promise<Node> {
  const explained = { sql: `explain (analyze, buffers, format json) ${sql}`, params }
  // Twice: on a new connection, the first reads the catalog too.
  const [, result] = await transport.batch([explained, explained], scope)
  const [{ Plan: plan }] = JSON.parse(String(result?.rows[0]?.[0])) as [{ Plan: Node }]
  return plan
}

function summarize(roots: Node[]): Plan {
  const nodes = roots.flatMap(allNodes).filter((node) => node['Actual Loops'] > 0)
  const ofTransactions = nodes.filter((node) => node['Relation Name'] === 'transactions')
  const read = (node: Node) =>
    node['Actual Loops'] *
    (node['Actual Rows'] +
      (node['Rows Removed by Filter'] ?? 0) +
      (node['Rows Removed by Index Recheck'] ?? 0))
  const access = nodes.flatMap((node) =>
    node['Node Type'] === 'Seq Scan' && node['Relation Name']
      ? [`all of ${node['Relation Name']}`]
      : (node['Index Name'] ?? [])
  )
  return {
    rowsRead: ofTransactions.reduce((sum, node) => sum + read(node), 0),
    access: [...new Set(access)],
    pages: roots.reduce(
      (sum, root) => sum + root['Shared Hit Blocks'] + root['Shared Read Blocks'],
      0
    )
  }
}
