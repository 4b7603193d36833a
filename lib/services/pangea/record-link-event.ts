import 'server-only'
import type { UserActor } from '../../domain/actor'
import type { LinkEvent } from '../../domain/bank-connection'
import * as DataService from '../data'

/** Keeps how a visit to Link ended, for support and for measuring where people give up. */
export async function recordLinkEvent(person: UserActor, event: LinkEvent): Promise<void> {
  await DataService.ensureUser(person)
  await DataService.recordLinkEvent(person, event)
}
