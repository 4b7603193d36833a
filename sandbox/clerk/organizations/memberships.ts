/** Who belongs to which organization. */
import { apiError } from '@/sandbox/clerk/errors'
import type { Instance } from '@/sandbox/clerk/instance'
import type { MembershipRecord } from '@/sandbox/clerk/organizations/records'
import { permissionsOf } from '@/sandbox/clerk/organizations/roles'

export const findMembership = (
  instance: Instance,
  organizationId: string,
  userId: string
): MembershipRecord | undefined =>
  instance.records.memberships.find(
    (m) => m.organizationId === organizationId && m.userId === userId
  )

/** The user's own membership, with a permission if one is named. @throws ClerkApiError 403 */
export function requireMembership(
  instance: Instance,
  organizationId: string,
  userId: string,
  permission?: string
): MembershipRecord {
  const membership = findMembership(instance, organizationId, userId)
  if (!membership)
    throw apiError(
      403,
      'not_a_member_in_organization',
      'not a member',
      'Current user is not a member of the organization. Only organization members can perform this action.'
    )
  if (permission && !permissionsOf(membership.role).includes(permission))
    throw apiError(
      403,
      'missing_organization_permission',
      'missing permission',
      'Current user is missing an organization permission.'
    )
  return membership
}
