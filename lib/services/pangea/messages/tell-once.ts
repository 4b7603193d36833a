import 'server-only'
import type { MessageData, MessageKind } from '@/lib/domain/messages/message'
import type { UserActor } from '@/lib/domain/users/actor'
import { now } from '@/lib/platform/clock'
import * as DataService from '@/lib/services/data'

const REPEAT_MS = 10 * 60_000

/**
 * Tells the user about an action of theirs that can be repeated many times a minute: one message
 * and e-mail per ten minutes.
 */
export async function tellOnce(
  actor: UserActor,
  kind: MessageKind,
  data: MessageData = {}
): Promise<void> {
  const period = Math.floor(now().getTime() / REPEAT_MS)
  await DataService.tellUser(actor, { kind, data, key: [data.what, period].join(':') })
}
