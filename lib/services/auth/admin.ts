import 'server-only'
import type { Admin, Person } from '../../domain/actor'
import { IntegrationError, RequestError } from '../../platform/errors'
import { callClerk, clerk } from './client'

const nowhere = () => new RequestError('not_found', 'There is no page here.')

/**
 * The person as an administrator. Whether they are one is asked of Clerk at this moment, never read from a token that may be older; for everybody else there
 * is nothing here. Their second factor has to have been proven in this session.
 * @throws RequestError not_found, forbidden; IntegrationError when Clerk does not answer (contracts: Clerk, administrators).
 */
export async function requireAdmin(person: Person): Promise<Admin> {
  const { publicMetadata } = await callClerk('users.get', person.userId, () => clerk().users.getUser(person.userId)).catch((thrown: unknown) => {
    throw thrown instanceof IntegrationError && thrown.code === 'resource_not_found' ? nowhere() : thrown
  })
  if (publicMetadata.role !== 'admin') throw nowhere()
  if ((person.proof?.second ?? null) === null)
    throw new RequestError('forbidden', 'This needs two-step verification. Turn it on under Settings, Security, then sign in again with it.')
  return { ...person, admin: true }
}
