import { DataService, PangeaService } from '@/lib/services'
import { reconcile } from '@/lib/services/pangea/worker/reconcile'
import { checkInvariants, type Simulation } from '@/tests/model/simulation/simulation'
import { connectionsOf, countUnfinishedWork } from '@/tests/model/simulation/stored'

const HOUR = 3_600_000
const MAX_ROUNDS = 60
/** Repairs that only the user can do, and that the page asks for. */
const NEEDS_SIGN_IN = ['revoked', 'pending_expiration', 'pending_disconnect']

export async function settle(simulation: Simulation): Promise<void> {
  const { login } = simulation
  login.power.reset()
  simulation.syncFaults.end()
  for (const item of login.plaid.items.all())
    if (item.error && !item.removed && item.error !== 'USER_PERMISSION_REVOKED')
      await login.press(`/items/${item.id}/repair`)
  login.advance(7 * HOUR)
  await runUntilIdle(simulation)
  await checkInvariants(simulation)
  if (await reauthenticateWhereRequired(simulation)) await runUntilIdle(simulation)
  // Stale rows are checked once an hour.
  login.advance(HOUR + 1_000)
  await runUntilIdle(simulation)
}

async function runUntilIdle({ login }: Simulation): Promise<void> {
  for (let round = 0; round < MAX_ROUNDS; round++) {
    await reconcile()
    await login.runWorker()
    const before = new Date(login.plaid.sandbox.clock.now().getTime() - 6 * HOUR)
    const silent = await DataService.listStaleConnections({
      loadingBefore: before,
      before,
      mappingVersion: 1,
      limit: 10
    })
    if (silent.length === 0 && (await countUnfinishedWork(login)) === 0) return
    login.advance(HOUR + 1_000)
  }
}

/** The user follows the notice of every connection that has one. */
async function reauthenticateWhereRequired({ login }: Simulation): Promise<boolean> {
  const asking = (await connectionsOf(login)).filter(
    ({ leaving, removed, status }) => !leaving && !removed && NEEDS_SIGN_IN.includes(status)
  )
  for (const { id, itemId } of asking) {
    const { linkToken, visit } = await PangeaService.relinkBank(login.owner, id)
    const chosen = login.plaid.items
      .get(itemId)
      ?.accounts.reduce((bits, { key }) => bits | (1 << Number(key.slice(-1))), 0)
    login.signIn(linkToken, chosen)
    await PangeaService.confirmRelink(login.owner, id, { visit })
  }
  return asking.length > 0
}
