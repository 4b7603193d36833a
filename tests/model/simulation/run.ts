/** Plays one history and says what is stored at the end, when nothing is left to do. */
import { PangeaService } from '@/lib/services'
import { reconcile } from '@/lib/services/pangea/worker/reconcile'
import type { VendorModel } from '@/tests/model/simulation/vendor-model'
import { drain, perform, tolerate } from '@/tests/model/simulation/actions'
import { forgetRows, type Game, newGame, notice } from '@/tests/model/simulation/simulation'
import { settle } from '@/tests/model/simulation/settle'
import { stall } from '@/tests/model/simulation/delay'
import type { History, Step } from '@/tests/model/simulation/steps'
import { createTroubles } from '@/tests/model/simulation/sync-faults'
import { changeAtVendor } from '@/tests/model/simulation/vendor-changes'

/** The caller closes the login. */
export async function play(world: VendorModel, history: History): Promise<Game> {
  const login = await world.login({
    transactions: history.transactions,
    readyAfter: history.readyAfter
  })
  if (history.pageSize) login.plaid.switches.pageSize = history.pageSize
  const game = newGame(login, createTroubles(login))
  await perform(game, { do: 'link', chosen: history.chosen })
  await notice(game)
  for (const step of history.steps) {
    await take(game, step)
    await notice(game)
  }
  await settle(game)
  await notice(game)
  return game
}

async function take(game: Game, step: Step): Promise<void> {
  const { login, troubles, itemId } = game
  switch (step.do) {
    case 'drain':
    case 'relink':
    case 'disconnect':
    case 'link':
      return perform(game, step)
    case 'vendor':
      return changeAtVendor(login.plaid, itemId, step.what)
    case 'while paging':
      return troubles.whilePaging(step.page, () =>
        changeAtVendor(login.plaid, game.itemId, step.what)
      )
    case 'refuse a page':
      login.plaid.switches.mutateItems.add(itemId)
      return
    case 'forget cursors':
      return troubles.forgetCursors()
    case 'page size':
      login.plaid.switches.pageSize = step.size
      return
    case 'webhook':
    case 'webhooks':
      return bringWebhooks(game, step)
    case 'press':
      return tolerate(() => PangeaService.requestSync(login.owner, game.connectionId))
    case 'two workers':
      await Promise.all([drain(login), drain(login)])
      return
    case 'crash':
    case 'lose answer':
      return interrupt(game, step)
    case 'stall':
      return stall(game, step)
    case 'sweep':
      return tolerate(reconcile)
    case 'wait':
      return login.advance(step.ms)
    case 'start over':
      return forgetRows(game)
    default:
      return atTheBank(game, step)
  }
}

async function interrupt(
  game: Game,
  step: Extract<Step, { do: 'crash' | 'lose answer' }>
): Promise<void> {
  const { power, advance } = game.login
  const plan =
    step.do === 'crash'
      ? { at: step.at, side: step.side, how: 'kill' as const }
      : { at: step.at, side: 'after' as const, how: 'lose' as const }
  const { struck } = power.arm(plan)
  await perform(game, step.in)
  if (struck() && step.in.do === 'link') game.cutLinks++
  power.revive()
  if (step.do === 'crash') advance(step.restartAfter)
}

const KINDS = {
  expiration: 'expire',
  disconnect: 'fire/PENDING_DISCONNECT',
  'new accounts': 'fire/NEW_ACCOUNTS_AVAILABLE'
}

/** A bank that cannot be reached has nothing to take back, and one that was told to go stays away until the person signs in. */
async function atTheBank(
  { login, itemId }: Game,
  step: Extract<Step, { do: 'break' | 'repair' | 'announce' | 'revoke' }>
): Promise<void> {
  const item = login.plaid.items.get(itemId)
  if (!item || item.removed || item.error === 'USER_PERMISSION_REVOKED') return
  if (step.do === 'break') return login.press(`/items/${itemId}/reset-login`, { code: step.code })
  if (step.do === 'announce') return login.press(`/items/${itemId}/${KINDS[step.what]}`)
  return login.press(`/items/${itemId}/${step.do}`)
}

async function bringWebhooks(
  game: Game,
  step: Extract<Step, { do: 'webhook' | 'webhooks' }>
): Promise<void> {
  const { deliveries } = game.login.plaid.sandbox
  const waiting = deliveries
    .list()
    .filter(({ id }) => !game.consumed.has(id))
    .reverse()
  const one = step.do === 'webhook' ? waiting[step.pick % Math.max(1, waiting.length)] : undefined
  const chosen = step.do === 'webhooks' ? waiting : one ? [one] : []
  if (step.do === 'webhooks' && step.order === 'last first') chosen.reverse()
  for (const { id } of chosen) {
    game.consumed.add(id)
    if (step.do === 'webhook' && step.fate === 'is lost') continue
    await deliveries.redeliver(id)
    if (step.do === 'webhook' && step.fate === 'arrives twice') await deliveries.redeliver(id)
  }
}
