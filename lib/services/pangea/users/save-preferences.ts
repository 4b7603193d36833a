import 'server-only'
import type { Exact } from '@/lib/domain/exact'
import type { UserActor } from '@/lib/domain/users/actor'
import type { Preferences } from '@/lib/domain/users/preferences'
import * as DataService from '@/lib/services/data'

type PreferencesChange = { [K in keyof Preferences]?: Preferences[K] | undefined }

/** Changes display preferences. @returns all preferences. */
export async function savePreferences<C extends PreferencesChange>(
  actor: UserActor,
  change: Exact<PreferencesChange, C>
): Promise<Preferences> {
  await DataService.ensureUser(actor)
  return DataService.savePreferences(actor, change)
}
