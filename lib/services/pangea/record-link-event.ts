import 'server-only'
import type { Person } from '../../domain/actor'
import type { LinkEvent } from '../../domain/bank-connection'
import * as DataService from '../data'
import { requireLimit } from './limits'

/** Keeps how a visit to Link ended, for support and for measuring where people give up. */
export async function recordLinkEvent(person: Person, event: LinkEvent): Promise<void> {
  await DataService.ensureUser(person)
  await requireLimit(person, 'link.event')
  await DataService.recordLinkEvent(person, event)
}
