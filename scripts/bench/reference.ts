/**
 * Times as multiples of a fixed statement of Postgres that is measured beside them, so that a slow or
 * busy machine changes both.
 */
import type { ClientBase, Pool } from 'pg'
import { median } from '@/scripts/bench/pages'

/** Work that none of our code changes. */
const REFERENCE = 'select sum(length(md5(n::text))) from generate_series(1, 50000) n'

export type Run = () => Promise<void>
type Database = Pick<ClientBase | Pool, 'query'>

export async function time(run: Run): Promise<number> {
  const start = performance.now()
  await run()
  return performance.now() - start
}

export const timeReference = (database: Database): Promise<number> =>
  time(async () => void (await database.query(REFERENCE)))

/** The reference and the figure in turn: the median of their ratios. @param warmUp is not counted. */
export async function pair(
  database: Database,
  { rounds, warmUp }: { rounds: number; warmUp: number },
  prepare: () => Promise<Run>
): Promise<{ ratio: number; ms: number }> {
  const taken: { ratio: number; ms: number }[] = []
  for (let round = 0; round < rounds; round++) {
    const run = await prepare()
    const reference = await timeReference(database)
    const ms = await time(run)
    if (round >= warmUp) taken.push({ ratio: ms / reference, ms })
  }
  return {
    ratio: median(taken.map(({ ratio }) => ratio)),
    ms: median(taken.map(({ ms }) => ms))
  }
}
