/** Creating and repairing bank connections, for flow tests. */

import type { LinkKind } from '@/lib/domain/connections/connection'
import type { UserActor } from '@/lib/domain/users/actor'
import { DataService, PangeaService } from '@/lib/services'
import { completeLink } from '@/tests/support/plaid/link-session'
import type { World } from '@/tests/support/world'

type LinkOptions = {
  kind?: LinkKind
  username?: string
  password?: string
  institutionId?: string
  choose?: (name: string) => boolean
}

/** A bank linked through Link. @returns our id and Plaid's. */
export async function linkBankThroughLink(
  world: World,
  user: UserActor,
  wanted: LinkOptions = {}
): Promise<{ connectionId: string; itemId: string }> {
  const { kind, ...visited } = wanted
  const { linkToken, visit } = await PangeaService.connectBank(user, kind)
  const { publicToken, metadata } = await completeLink(world.plaid.url, { linkToken, ...visited })
  const { connectionId } = await PangeaService.linkBank(user, {
    publicToken,
    visit,
    linkSessionId: metadata.link_session_id,
    institutionId: metadata.institution?.institution_id ?? null,
    accounts: metadata.accounts
  })
  const { plaidItemId } = await DataService.getConnection(user, connectionId)
  return { connectionId, itemId: plaidItemId }
}

/** A new user with one bank whose first sync is complete. */
export async function linkedUser(world: World, wanted: LinkOptions = {}) {
  const user = await world.createUser()
  const connection = await linkBankThroughLink(world, user, wanted)
  await world.settle()
  return { user, ...connection }
}

/** Calls a control of an Item at the emulator, and processes the result. */
export async function controlItem(
  world: World,
  itemId: string,
  button: string,
  body: object = {}
): Promise<void> {
  await world.control('plaid', `/items/${itemId}/${button}`, body)
  await world.settle()
}

/** The user logs in again at a linked bank, and we verify with Plaid. */
export async function relinkBankThroughLink(
  world: World,
  user: UserActor,
  connectionId: string,
  wanted: LinkOptions = {}
) {
  const { linkToken, visit } = await PangeaService.relinkBank(user, connectionId)
  const finished = await completeLink(world.plaid.url, { linkToken, ...wanted })
  return { finished, ...(await PangeaService.confirmRelink(user, connectionId, { visit })) }
}

export type LedgerItem = {
  itemId: string
  removed: boolean
  webhook: string | null
  accounts: string[]
}
export const plaidLedgerOf = async (world: World) =>
  (await world.control('plaid', '/ledger')) as {
    items: LedgerItem[]
    linkTokens: number
    exchanges: number
    updates: number
    removals: number
  }

export const itemOf = async (world: World, itemId: string) =>
  (await plaidLedgerOf(world)).items.find((item) => item.itemId === itemId)

export const auditActionsOf = async (world: World, user: UserActor) =>
  (
    await world.storage.rows<{ action: string }>(
      'select action from audit_entries join audit_details on audit_id = id where user_id = $1 order by created_at',
      [user.userId]
    )
  ).map(({ action }) => action)
