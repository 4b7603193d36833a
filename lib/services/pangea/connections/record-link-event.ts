import 'server-only'
import type { LinkEvent } from '@/lib/domain/connections/connection'
import type { UserActor } from '@/lib/domain/users/actor'
import * as DataService from '@/lib/services/data'

/** Records how a Link session ended, for support and for conversion figures. */
export async function recordLinkEvent(actor: UserActor, event: LinkEvent): Promise<void> {
  await DataService.ensureUser(actor)
  await DataService.recordLinkEvent(actor, event)
}
