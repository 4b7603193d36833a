/** Runs one history and returns what is stored once no job is left. */
import { PangeaService } from '@/lib/services'
import { reconcile } from '@/lib/services/pangea/worker/reconcile'
import { ignoreExpectedErrors, runAction, runWorker } from '@/tests/model/simulation/actions'
import { runDelayedWorker } from '@/tests/model/simulation/delay'
import { settle } from '@/tests/model/simulation/settle'
import {
  checkInvariants,
  createSimulation,
  resetOpenConnection,
  type Simulation
} from '@/tests/model/simulation/simulation'
import type { History, Step } from '@/tests/model/simulation/steps'
import { createSyncFaults } from '@/tests/model/simulation/sync-faults'
import { changeAtVendor } from '@/tests/model/simulation/vendor-changes'
import type { VendorModel } from '@/tests/model/simulation/vendor-model'

/** Runs a history on a new login, which the caller closes. */
export async function runHistory(world: VendorModel, history: History): Promise<Simulation> {
  const login = await world.login({
    transactions: history.transactions,
    readyAfter: history.readyAfter
  })
  if (history.pageSize) login.plaid.switches.pageSize = history.pageSize
  const simulation = createSimulation(login, createSyncFaults(login))
  await runAction(simulation, { do: 'link', chosen: history.chosen })
  await checkInvariants(simulation)
  for (const step of history.steps) {
    await runStep(simulation, step)
    await checkInvariants(simulation)
  }
  await settle(simulation)
  await checkInvariants(simulation)
  return simulation
}

async function runStep(simulation: Simulation, step: Step): Promise<void> {
  const { login, syncFaults, itemId } = simulation
  switch (step.do) {
    case 'drain':
    case 'relink':
    case 'disconnect':
    case 'link':
      return runAction(simulation, step)
    case 'vendor':
      return changeAtVendor(login.plaid, itemId, step.what)
    case 'while paging':
      return syncFaults.whilePaging(step.page, () =>
        changeAtVendor(login.plaid, simulation.itemId, step.what)
      )
    case 'refuse a page':
      login.plaid.switches.mutateItems.add(itemId)
      return
    case 'forget cursors':
      return syncFaults.forgetCursors()
    case 'page size':
      login.plaid.switches.pageSize = step.size
      return
    case 'webhook':
    case 'webhooks':
      return deliverWebhooks(simulation, step)
    case 'press':
      return ignoreExpectedErrors(() =>
        PangeaService.requestSync(login.owner, simulation.connectionId)
      )
    case 'two workers':
      await Promise.all([runWorker(login), runWorker(login)])
      return
    case 'crash':
    case 'lose answer':
      return runInterrupted(simulation, step)
    case 'stall':
      return runDelayedWorker(simulation, step)
    case 'sweep':
      return ignoreExpectedErrors(reconcile)
    case 'wait':
      return login.advance(step.ms)
    case 'start over':
      return resetOpenConnection(simulation)
    default:
      return runBankEvent(simulation, step)
  }
}

async function runInterrupted(
  simulation: Simulation,
  step: Extract<Step, { do: 'crash' | 'lose answer' }>
): Promise<void> {
  const { power, advance } = simulation.login
  const plan =
    step.do === 'crash'
      ? { at: step.at, side: step.side, how: 'kill' as const }
      : { at: step.at, side: 'after' as const, how: 'lose' as const }
  const { struck } = power.plan(plan)
  await runAction(simulation, step.in)
  if (struck() && step.in.do === 'link') simulation.interruptedLinks++
  power.reset()
  if (step.do === 'crash') advance(step.restartAfter)
}

const WEBHOOK_CONTROLS = {
  expiration: 'expire',
  disconnect: 'fire/PENDING_DISCONNECT',
  'new accounts': 'fire/NEW_ACCOUNTS_AVAILABLE'
}

/** An unreachable bank can revoke nothing, and a revoked one stays away until the user logs in. */
async function runBankEvent(
  { login, itemId }: Simulation,
  step: Extract<Step, { do: 'break' | 'repair' | 'announce' | 'revoke' }>
): Promise<void> {
  const item = login.plaid.items.get(itemId)
  if (!item || item.removed || item.error === 'USER_PERMISSION_REVOKED') return
  if (step.do === 'break') return login.press(`/items/${itemId}/reset-login`, { code: step.code })
  if (step.do === 'announce') return login.press(`/items/${itemId}/${WEBHOOK_CONTROLS[step.what]}`)
  return login.press(`/items/${itemId}/${step.do}`)
}

async function deliverWebhooks(
  simulation: Simulation,
  step: Extract<Step, { do: 'webhook' | 'webhooks' }>
): Promise<void> {
  const { deliveries } = simulation.login.plaid.sandbox
  const waiting = deliveries
    .list()
    .filter(({ id }) => !simulation.handledWebhooks.has(id))
    .reverse()
  const one = step.do === 'webhook' ? waiting[step.pick % Math.max(1, waiting.length)] : undefined
  const chosen = step.do === 'webhooks' ? waiting : one ? [one] : []
  if (step.do === 'webhooks' && step.order === 'last first') chosen.reverse()
  for (const { id } of chosen) {
    simulation.handledWebhooks.add(id)
    if (step.do === 'webhook' && step.fate === 'is lost') continue
    await deliveries.redeliver(id)
    if (step.do === 'webhook' && step.fate === 'arrives twice') await deliveries.redeliver(id)
  }
}
