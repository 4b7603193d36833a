import 'server-only'
import { randomUUID } from 'node:crypto'
import type { Person } from '../../domain/actor'
import * as DataService from '../data'
import { requireLimit } from './limits'

/**
 * Makes a rule, or changes the one named by `change`, and applies it to everything that is there.
 * @throws RequestError not_found, invalid, conflict (too many rules), too_many_requests.
 */
export async function keepRule(
  person: Person,
  rule: DataService.RuleInput,
  { id, change }: { id?: string | undefined; change?: string }
): Promise<DataService.StoredRule> {
  await requireLimit(person, 'rules.change')
  return DataService.storeRule(person, change ? { id: change, isNew: false } : { id: id ?? randomUUID(), isNew: true }, rule)
}

/** Ends a rule; what it said is no longer said. @throws RequestError not_found, too_many_requests. */
export async function dropRule(person: Person, id: string): Promise<void> {
  await requireLimit(person, 'rules.change')
  await DataService.removeRule(person, id)
}
