import 'server-only'
import type { UserActor } from '@/lib/domain/users/actor'
import { isIntegrationError } from '@/lib/platform/errors'
import * as AuthService from '@/lib/services/clerk'
import * as DataService from '@/lib/services/data'

/** The address the bank will write to. `confirmed` is null while Clerk cannot be asked. */
export type Contact = { email: string | null; confirmed: boolean | null }

/** The person's e-mail address, which is never asked for again; without Clerk, the one it last told us of. */
export async function findContact(actor: UserActor): Promise<Contact> {
  try {
    const { email, emailVerified } = await AuthService.getUser(actor.userId)
    return { email, confirmed: emailVerified }
  } catch (thrown) {
    if (!isIntegrationError(thrown)) throw thrown
    return { email: await DataService.findEmail(actor), confirmed: null }
  }
}
