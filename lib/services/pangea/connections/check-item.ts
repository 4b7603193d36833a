import 'server-only'
import { type ItemStatus, isAnnounced, statusAfterError } from '@/lib/domain/connections/connection'
import type { WebhookEffect } from '@/lib/domain/jobs/webhook-effects'
import type { Actor } from '@/lib/domain/users/actor'
import { isIntegrationError } from '@/lib/platform/errors'
import * as DataService from '@/lib/services/data'
import { withCurrentToken } from '@/lib/services/pangea/connections/rotate-token'
import * as AccountService from '@/lib/services/plaid'

export type ItemHint = Extract<WebhookEffect, { kind: 'check_item' }>['hint']
type ItemContext = { userId: string; connectionId: string }
type ItemState = Parameters<typeof DataService.saveItemStatus>[2]

export type ItemCheckInput = {
  /** The webhook that caused the check. */
  hint?: ItemHint | null
  /** The user just completed Link: a healthy Item clears an announced end of access. */
  signedIn?: boolean
  trigger: string
  sessionId?: string | null
}

/**
 * Reads the Item's state from Plaid, stores it and requests a sync if it is healthy. A repaired
 * login also refreshes the accounts.
 * @returns the resulting status. @throws IntegrationError if Plaid cannot answer.
 */
export async function checkItem(
  actor: Actor,
  connection: { id: string; userId: string },
  check: ItemCheckInput
): Promise<ItemStatus> {
  const { hint = null, signedIn = false, trigger, sessionId = null } = check
  const context = { userId: connection.userId, connectionId: connection.id }
  const accessToken = await DataService.getAccessToken(actor, connection.id)
  const state = await fetchItemState(context, accessToken, hint)
  const repaired = state.status === 'good' && (signedIn || hint?.status === 'good')
  if (!repaired) {
    await DataService.saveItemStatus(actor, connection.id, state)
    if (state.status === 'good' || isAnnounced(state.status))
      await DataService.requestSync(actor, connection.id, trigger)
    return state.status
  }
  const accounts = await fetchAccounts(context, accessToken)
  if ('status' in accounts) {
    await DataService.saveItemStatus(actor, connection.id, accounts)
    return accounts.status
  }
  await DataService.saveRelink(actor, connection.id, {
    item: state,
    accounts: accounts.list,
    trigger,
    sessionId
  })
  return state.status
}

/** An announced end of access is reported by webhook only. */
async function fetchItemState(
  context: ItemContext,
  accessToken: string,
  hint: ItemHint | null
): Promise<ItemState> {
  const announced = isAnnounced(hint?.status)
    ? { announced: { status: hint.status, until: hint.until } }
    : {}
  try {
    const { errorType, errorCode, bankDataAt, consentExpiresAt, products, availableProducts } =
      await withCurrentToken(context.connectionId, accessToken, () =>
        AccountService.getItem(context, accessToken)
      )
    const status = errorCode
      ? (statusAfterError(errorCode) ?? 'error')
      : (announced.announced?.status ?? 'good')
    return {
      status,
      errorType,
      errorCode,
      consentExpiresAt,
      bankDataAt,
      products,
      availableProducts,
      ...announced
    }
  } catch (thrown) {
    return { ...toItemState(thrown), ...announced }
  }
}

/** Plaid can report a healthy Item whose accounts are unreadable; then it is not healthy. */
async function fetchAccounts(context: ItemContext, accessToken: string) {
  try {
    const list = await withCurrentToken(context.connectionId, accessToken, () =>
      AccountService.listAccounts(context, accessToken)
    )
    return { list }
  } catch (thrown) {
    return toItemState(thrown)
  }
}

/** @throws errors that say nothing about the Item. */
function toItemState(thrown: unknown): ItemState {
  const status =
    isIntegrationError(thrown) && thrown.service === 'plaid' ? statusAfterError(thrown.code) : null
  if (!status || !isIntegrationError(thrown)) throw thrown
  return { status, errorType: thrown.type, errorCode: thrown.code }
}
