import 'server-only'
import type { WebhookEffect } from '@/lib/domain/jobs/webhook-effects'
import { systemActor } from '@/lib/domain/users/actor'
import { IntegrationError, isIntegrationError, isRequestError } from '@/lib/platform/errors'
import { log } from '@/lib/platform/log'
import * as AuthService from '@/lib/services/clerk'
import * as DataService from '@/lib/services/data'
import * as BankingService from '@/lib/services/jiko'
import { refreshAccount } from '@/lib/services/pangea/account/open-account'
import { checkAccount } from '@/lib/services/pangea/connections/check-account'
import { checkItem, type ItemHint } from '@/lib/services/pangea/connections/check-item'
import { finishHostedLink } from '@/lib/services/pangea/connections/hosted-link'
import { onboardUser } from '@/lib/services/pangea/onboarding/onboard-user'
import { reconcileTransfers } from '@/lib/services/pangea/transfers/compare-transfers'
import { deleteMyData } from '@/lib/services/pangea/users/delete-my-data'
import { runJob } from '@/lib/services/pangea/worker/run-job'

const app = systemActor('webhook')

/** Applies the effects of one delivery. Each effect re-reads the vendor and is idempotent. */
export const processDelivery = (delivery: DataService.Delivery): Promise<boolean> =>
  runJob(delivery, {
    work: async () => {
      for (const effect of delivery.effects) await applyEffect(effect)
      await reportUnknownItems(delivery)
      await DataService.completeDelivery(delivery)
    }
  })

/**
 * After a restore from an older dump, Plaid may have Items that were linked since. Plaid lists no
 * Items, so their webhooks are the only sign of them.
 */
async function reportUnknownItems({ effects }: DataService.Delivery): Promise<void> {
  const ids = effects.flatMap((effect) => ('plaidItemId' in effect ? [effect.plaidItemId] : []))
  for (const itemId of new Set(ids))
    if (!(await DataService.isKnownItem(itemId)))
      log.warn('connection.unknown_item', { service: 'plaid', itemId })
}

async function applyEffect(effect: WebhookEffect): Promise<void> {
  switch (effect.kind) {
    case 'request_sync': {
      const connection = await DataService.findConnectionByItem(effect.plaidItemId)
      if (connection) await DataService.requestSync(app, connection.id, 'webhook')
      return
    }
    case 'check_item':
      return checkItemByPlaidId(effect.plaidItemId, effect.hint)
    case 'check_account': {
      const connection = await DataService.findConnectionByItem(effect.plaidItemId)
      if (connection) await checkAccount(app, connection, effect.plaidAccountId)
      return
    }
    case 'finish_hosted_link':
      return finishHostedLinkByToken(effect.linkTokenHash)
    case 'offer_accounts':
      return markNewAccounts(effect.plaidItemId)
    case 'advance_onboarding':
      await onboardUser(app, { jikoApplicationId: effect.jikoApplicationId })
      return
    case 'refresh_account': {
      const account = await DataService.findBankAccountByPocket(effect.jikoPocketId)
      if (!account) return requireNoBalance(effect.jikoPocketId)
      await reconcileTransfers(app, account)
      await refreshAccount(app, account)
      return
    }
    case 'update_user':
      return updateUser(effect.userId)
    case 'erase_user':
      return eraseUser(effect.userId)
    case 'record_sign_in':
      return recordSignIn(effect.sessionId)
    case 'ignore':
      return
    default:
      return refuse(effect)
  }
}

/**
 * Fails to compile if `applyEffect` misses a kind. At run time the effect was stored by a newer
 * version; the delivery fails where admins see it.
 */
function refuse(effect: never): never {
  throw Object.assign(new Error('This version has no such effect.'), {
    name: `UnknownEffect ${(effect as WebhookEffect).kind}`
  })
}

/**
 * A deposit can be returned weeks after its user was deleted, which leaves an overdrawn account at
 * Jiko without an owner here. The delivery stays failed, so that admins see it. @throws
 * IntegrationError NO_OWNER while there is a balance.
 */
async function requireNoBalance(jikoPocketId: string): Promise<void> {
  const balance = await BankingService.getPocket(jikoPocketId).then(
    (pocket) => pocket.balance,
    (thrown: unknown) => {
      if (isIntegrationError(thrown) && thrown.code === 'NOT_FOUND') return null
      throw thrown
    }
  )
  if (!balance?.minor) return
  log.error('account.owner_deleted', {
    service: 'jiko',
    type: balance.minor < 0n ? 'overdrawn' : 'funded'
  })
  throw new IntegrationError({ service: 'jiko', code: 'NO_OWNER', retryable: false })
}

async function checkItemByPlaidId(plaidItemId: string, hint: ItemHint): Promise<void> {
  const connection = await DataService.findConnectionByItem(plaidItemId)
  if (connection) await checkItem(app, connection, { hint, trigger: 'webhook' })
}

/** The user may have closed the page that waits for the result. */
async function finishHostedLinkByToken(linkTokenHash: string): Promise<void> {
  const session = await DataService.findHostedSession(linkTokenHash)
  if (!session) return
  try {
    await finishHostedLink(AuthService.ownerActor(session.userId), session.id)
  } catch (thrown) {
    // The bank is linked already, or the user is being deleted; the page says so.
    if (!isRequestError(thrown)) throw thrown
    log.info('link.hosted_refused', { userId: session.userId, code: thrown.code })
  }
}

async function markNewAccounts(plaidItemId: string): Promise<void> {
  const connection = await DataService.findConnectionByItem(plaidItemId)
  if (connection) await DataService.markNewAccounts(app, connection.id)
}

/**
 * The webhook is a hint: the user is erased only if Clerk confirms. While Clerk is unreachable,
 * the delivery is retried.
 */
async function eraseUser(userId: string): Promise<void> {
  if (await AuthService.userExists(userId)) log.warn('delivery.user_exists', { userId })
  else await deleteMyData(app, { userId, origin: 'clerk' })
}

async function updateUser(userId: string): Promise<void> {
  try {
    const { email, hasSecondFactor } = await AuthService.getUser(userId)
    await DataService.saveUserEmail(app, userId, email)
    await DataService.saveSecondFactor(app, userId, hasSecondFactor)
  } catch (thrown) {
    if (isIntegrationError(thrown) && thrown.code === 'resource_not_found') return
    throw thrown
  }
}

/** The user is told about a browser that was not used before. */
async function recordSignIn(sessionId: string): Promise<void> {
  const session = await AuthService.findSession(sessionId)
  if (!session) return
  // The sign-in may be reported before its user.
  await updateUser(session.userId)
  await DataService.recordDevice(app, { sessionId, ...session })
}
