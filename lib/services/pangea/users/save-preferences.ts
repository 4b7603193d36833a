import 'server-only'
import type { UserActor } from '@/lib/domain/users/actor'
import type { Preferences } from '@/lib/domain/users/preferences'
import * as DataService from '@/lib/services/data'

/** Changes display preferences. @returns all preferences. */
export async function savePreferences(
  actor: UserActor,
  change: { [K in keyof Preferences]?: Preferences[K] | undefined }
): Promise<Preferences> {
  await DataService.ensureUser(actor)
  return DataService.savePreferences(actor, change)
}
