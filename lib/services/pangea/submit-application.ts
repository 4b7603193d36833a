import 'server-only'
import type { Person } from '../../domain/actor'
import { requireLimit } from './limits'
import { type Onboarded, onboardUser } from './onboard-user'

/** The person's own call of onboardUser: sends the application with the number that was just typed. */
export async function submitApplication(person: Person, { ssn }: { ssn: string }): Promise<Onboarded> {
  await requireLimit(person, 'application.submit')
  return onboardUser(person, { ssn })
}
