import 'server-only'
import type { Person } from '../../domain/actor'
import { requireLimit } from './limits'
import { type Onboarded, onboardUser } from './onboard-user'

/** The user's own call of onboardUser: sends the application with the number that was just typed, and prepares Link where the account is open at once. */
export async function submitApplication(person: Person, { ssn }: { ssn: string }): Promise<Onboarded> {
  await requireLimit(person, 'application.submit')
  return onboardUser(person, { ssn, withLinkToken: true })
}
