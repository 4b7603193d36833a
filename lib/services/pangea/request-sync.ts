import 'server-only'
import type { Person } from '../../domain/actor'
import * as DataService from '../data'
import { requireLimit } from './limits'

/** Asks for a fresh look at one of the person's banks. @throws RequestError not_found, too_many_requests. */
export async function requestSync(person: Person, connectionId: string): Promise<void> {
  await DataService.getConnection(person, connectionId)
  await requireLimit(person, 'bank.sync')
  await DataService.requestSync(person, connectionId, 'person')
}
