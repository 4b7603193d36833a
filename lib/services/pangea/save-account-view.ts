import 'server-only'
import type { Person } from '../../domain/actor'
import * as DataService from '../data'

/** Renames or hides one of the person's accounts, or takes that back. What the bank calls it is kept. @throws RequestError not_found. */
export const saveAccountView = (person: Person, accountId: string, view: DataService.AccountView): Promise<void> =>
  DataService.storeAccountView(person, accountId, view)
