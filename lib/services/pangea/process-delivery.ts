import 'server-only'
import { system } from '../../domain/actor'
import { statusAfterError } from '../../domain/bank-connection'
import type { Effect } from '../../domain/effects'
import { IntegrationError } from '../../platform/errors'
import { log } from '../../platform/log'
import * as AccountService from '../accounts'
import * as AuthService from '../auth'
import * as DataService from '../data'
import { onboardUser } from './onboard-user'
import { refreshAccount } from './open-account'

const app = system('webhook')

/** Applies the effects of one stored webhook. Each effect re-reads the vendor and may be applied any number of times. */
export async function processDelivery(delivery: DataService.Delivery): Promise<void> {
  try {
    for (const effect of delivery.effects) await applyEffect(effect)
    await DataService.completeDelivery(delivery)
  } catch (thrown) {
    const { service, code } = thrown instanceof IntegrationError ? thrown : { service: 'xata' as const, code: 'UNKNOWN' }
    if (!(thrown instanceof IntegrationError))
      log.error('delivery.fault', { deliveryId: delivery.id, fault: thrown instanceof Error ? thrown.name : 'unknown' })
    log.warn('delivery.failed', { deliveryId: delivery.id, service, code })
    await DataService.failDelivery(delivery, { service, code })
  }
}

async function applyEffect(effect: Effect): Promise<void> {
  switch (effect.kind) {
    case 'request_sync': {
      const connection = await DataService.findConnectionByItem(app, effect.plaidItemId)
      if (connection) await DataService.requestSync(app, connection.id, 'webhook')
      return
    }
    case 'check_item':
      return checkItem(effect.plaidItemId, effect.hint)
    case 'offer_accounts':
      return checkItem(effect.plaidItemId, null)
    case 'advance_onboarding':
      await onboardUser(app, { jikoApplicationId: effect.jikoApplicationId })
      return
    case 'refresh_account': {
      const account = await DataService.findBankAccountByPocket(app, effect.jikoPocketId)
      if (account) await refreshAccount(app, account)
      return
    }
    case 'update_user':
      return updateUser(effect.userId)
    case 'erase_user':
    case 'ignore':
      return
  }
}

type Hint = Extract<Effect, { kind: 'check_item' }>['hint']
type ItemState = Parameters<typeof DataService.storeItemStatus>[2]

/** What an Item's state is, only Plaid can say; the webhook was just the reason to ask. */
async function checkItem(plaidItemId: string, hint: Hint | null): Promise<void> {
  const connection = await DataService.findConnectionByItem(app, plaidItemId)
  if (!connection) return
  const state = await readItemState(connection, hint)
  await DataService.storeItemStatus(app, connection.id, state)
  if (state.status === 'good') await DataService.requestSync(app, connection.id, 'webhook')
}

/** An announced end of access is the one thing Plaid tells by webhook only; it counts while Plaid says that the Item works. */
async function readItemState(connection: { id: string; userId: string }, hint: Hint | null): Promise<ItemState> {
  try {
    const context = { userId: connection.userId, connectionId: connection.id }
    const item = await AccountService.getItem(context, await DataService.getAccessToken(app, connection.id))
    const { errorType, errorCode, bankDataAt } = item
    const announced = hint?.status === 'pending_expiration' || hint?.status === 'pending_disconnect' ? hint : null
    const status = errorCode ? (statusAfterError(errorCode) ?? 'error') : (announced?.status ?? 'good')
    return { status, errorType, errorCode, consentExpiresAt: announced?.until ?? item.consentExpiresAt, bankDataAt }
  } catch (thrown) {
    if (!(thrown instanceof IntegrationError)) throw thrown
    const status = statusAfterError(thrown.code)
    if (!status) throw thrown
    return { status, errorType: thrown.type, errorCode: thrown.code }
  }
}

async function updateUser(userId: string): Promise<void> {
  try {
    const { email } = await AuthService.getUser(userId)
    await DataService.storeUserEmail(app, userId, email)
  } catch (thrown) {
    if (thrown instanceof IntegrationError && thrown.code === 'resource_not_found') return
    throw thrown
  }
}
