import 'server-only'
import type { UserActor } from '../../domain/actor'
import { isIntegrationError } from '../../platform/errors'
import * as AuthService from '../auth'
import * as DataService from '../data'

/** The address the bank will write to. `confirmed` is null while Clerk cannot be asked. */
export type Contact = { email: string | null; confirmed: boolean | null }

/** The person's e-mail address, which is never asked for again; without Clerk, the one it last told us of. */
export async function findContact(person: UserActor): Promise<Contact> {
  try {
    const { email, emailVerified } = await AuthService.getUser(person.userId)
    return { email, confirmed: emailVerified }
  } catch (thrown) {
    if (!isIntegrationError(thrown)) throw thrown
    return { email: await DataService.findEmail(person), confirmed: null }
  }
}
