/** The app's actions on a request. A crash can happen anywhere inside. */
import { isIntegrationError, isRequestError } from '@/lib/platform/errors'
import { PangeaService } from '@/lib/services'
import { openEventLog } from '@/sandbox/plaid/transactions/event-log'
import type { Simulation } from '@/tests/model/simulation/simulation'
import type { Action } from '@/tests/model/simulation/steps'
import { connectionsOf, transactionsOf } from '@/tests/model/simulation/stored'
import { type BankLogin, isChosen } from '@/tests/model/simulation/vendor-model'

/** One process that works until nothing waits, or until a fault stops it; the next one recovers. */
export const runWorker = (login: BankLogin): Promise<void> =>
  ignoreExpectedErrors(() => login.runWorker())

export async function ignoreExpectedErrors(run: () => Promise<unknown>): Promise<void> {
  try {
    await run()
  } catch (error) {
    if (!(isIntegrationError(error) || isRequestError(error))) throw error
  }
}

export function runAction(simulation: Simulation, action: Action): Promise<void> {
  switch (action.do) {
    case 'drain':
      return runWorker(simulation.login)
    case 'relink':
      return ignoreExpectedErrors(() => relink(simulation, action))
    case 'disconnect':
      return ignoreExpectedErrors(() => disconnect(simulation, action))
    case 'link':
      return ignoreExpectedErrors(() => link(simulation, action))
  }
}

async function link(
  { login, retained }: Simulation,
  { chosen }: Extract<Action, { do: 'link' }>
): Promise<void> {
  // The kept rows of an account continue under the new connection, where the bank can change them.
  for (const key of retained.keys()) if (isChosen(Number(key.at(-1)), chosen)) retained.delete(key)
  const { linkToken, visit } = await PangeaService.connectBank(login.owner)
  await login.link(login.addBank(linkToken, chosen), visit)
}

async function relink(
  simulation: Simulation,
  { chosen, comesBack }: Extract<Action, { do: 'relink' }>
): Promise<void> {
  const { login, connectionId } = simulation
  if (!connectionId) return
  const { linkToken, visit } = await PangeaService.relinkBank(login.owner, connectionId)
  await recordDeselected(simulation, chosen)
  login.signIn(linkToken, chosen)
  if (comesBack) await PangeaService.confirmRelink(login.owner, connectionId, { visit })
}

/**
 * Stored rows of an account that is deselected must stay; rows of one that returns follow the bank.
 */
async function recordDeselected(
  { login, itemId, retained, connectionId }: Simulation,
  chosen: number
): Promise<void> {
  const item = login.plaid.items.get(itemId)
  if (!item) return
  const here = (await transactionsOf(login)).filter(
    (row) => row.connectionId === connectionId && !row.removed && !row.pending
  )
  const { rows } = openEventLog(login.plaid, item)
  for (let n = 0; n < 3; n++) {
    const key = `custom${n}`
    const account = item.accounts.find((each) => each.key === key)
    if (isChosen(n, chosen)) retained.delete(`${itemId} ${key}`)
    else if (account) {
      const stays = here.filter(
        (row) => row.account === account.id && rows.get(row.plaidId)?.pending === false
      )
      retained.set(`${itemId} ${key}`, { itemId, ids: stays.map(({ id }) => id) })
    }
  }
}

async function disconnect(
  { login, connectionId }: Simulation,
  { which, history }: Extract<Action, { do: 'disconnect' }>
): Promise<void> {
  const id = which === 'open' ? connectionId : (await connectionsOf(login))[0]?.id
  if (id) await PangeaService.disconnectBank(login.owner, id, { history })
}
