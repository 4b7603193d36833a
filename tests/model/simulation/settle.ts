import { DataService, PangeaService } from '@/lib/services'
import { reconcile } from '@/lib/services/pangea/worker/reconcile'
import { type Game, notice } from '@/tests/model/simulation/simulation'
import { connectionsOf, leftOver } from '@/tests/model/simulation/stored'

const HOUR = 3_600_000
const ROUNDS = 60
/** What only the person can mend, and what the page asks them to mend. */
const ASKS_FOR_A_SIGN_IN = ['revoked', 'pending_expiration', 'pending_disconnect']

export async function settle(game: Game): Promise<void> {
  const { login } = game
  login.power.revive()
  game.troubles.end()
  for (const item of login.plaid.items.all())
    if (item.error && !item.removed && item.error !== 'USER_PERMISSION_REVOKED')
      await login.press(`/items/${item.id}/repair`)
  login.advance(7 * HOUR)
  await untilQuiet(game)
  await notice(game)
  if (await signInWhereAsked(game)) await untilQuiet(game)
  // Stale rows are looked for once an hour.
  login.advance(HOUR + 1_000)
  await untilQuiet(game)
}

async function untilQuiet({ login }: Game): Promise<void> {
  for (let round = 0; round < ROUNDS; round++) {
    await reconcile()
    await login.drain()
    const before = new Date(login.plaid.sandbox.clock.now().getTime() - 6 * HOUR)
    const silent = await DataService.listSilentConnections({
      loadingBefore: before,
      before,
      mappingVersion: 1,
      limit: 10
    })
    if (silent.length === 0 && (await leftOver(login)) === 0) return
    login.advance(HOUR + 1_000)
  }
}

/** The person follows the notice of every connection that has one. */
async function signInWhereAsked({ login }: Game): Promise<boolean> {
  const asking = (await connectionsOf(login)).filter(
    ({ leaving, removed, status }) => !leaving && !removed && ASKS_FOR_A_SIGN_IN.includes(status)
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
