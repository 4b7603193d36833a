/** Workers that resume too late. */
import { runWorker } from '@/tests/model/simulation/actions'
import { resetOpenConnection, type Simulation } from '@/tests/model/simulation/simulation'
import type { Step } from '@/tests/model/simulation/steps'

const LEASE_MS = 60_000

/**
 * A worker stops for longer than its lease and another one takes over. The first then continues,
 * after the second has finished or in the middle of the second one's job.
 */
export async function runDelayedWorker(
  simulation: Simulation,
  { at, side, second, meanwhile }: Extract<Step, { do: 'stall' }>
): Promise<void> {
  const { login } = simulation
  const first = login.power.plan({ at, side, how: 'stall' })
  const slow = runWorker(login)
  await Promise.race([first.stalled, slow])
  if (!first.struck()) return login.power.reset()
  if (meanwhile === 'start over') await resetOpenConnection(simulation)
  else login.advance(LEASE_MS + 1_000)
  const other =
    second === null ? null : login.power.addPlan({ at: second, side: 'before', how: 'stall' })
  const next = runWorker(login)
  await Promise.race([next, ...(other ? [other.stalled] : [])])
  // When the second has finished already, its plan must not stop the first.
  if (!other?.struck()) other?.release()
  first.release()
  await slow
  other?.release()
  await next
  login.power.reset()
}
