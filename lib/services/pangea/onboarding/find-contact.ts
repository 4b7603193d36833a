import 'server-only'
import type { UserActor } from '@/lib/domain/users/actor'
import { isIntegrationError } from '@/lib/platform/errors'
import * as AuthService from '@/lib/services/clerk'
import * as DataService from '@/lib/services/data'

/** The e-mail address for Jiko. `confirmed` is null while Clerk is unreachable. */
export type Contact = { email: string | null; confirmed: boolean | null }

/** The user's e-mail address from Clerk; while Clerk is unreachable, the last known one. */
export async function findContact(actor: UserActor): Promise<Contact> {
  try {
    const { email, emailVerified } = await AuthService.getUser(actor.userId)
    return { email, confirmed: emailVerified }
  } catch (thrown) {
    if (!isIntegrationError(thrown)) throw thrown
    return { email: await DataService.findEmail(actor), confirmed: null }
  }
}
