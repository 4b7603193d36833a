/** Frontend API: members of an organization, and the roles they may have. */
import type { Context } from 'hono'
import { missingParam, notFound } from '@/sandbox/clerk/errors'
import { text } from '@/sandbox/clerk/frontend/caller'
import type { Instance } from '@/sandbox/clerk/instance'
import { selectMembers } from '@/sandbox/clerk/organizations/member-search'
import { findMembership } from '@/sandbox/clerk/organizations/memberships'
import {
  addMember,
  changeRole,
  removeMember,
  requireAnotherAdmin
} from '@/sandbox/clerk/organizations/organizations'
import type { MembershipRecord } from '@/sandbox/clerk/organizations/records'
import { roleShapes } from '@/sandbox/clerk/organizations/roles'
import type { Access, OrganizationRoute } from '@/sandbox/clerk/organizations/route'
import { membershipShape } from '@/sandbox/clerk/organizations/shapes'
import { pageShape } from '@/sandbox/clerk/paging'
import { getUser } from '@/sandbox/clerk/users'

const ORGANIZATION = '/v1/organizations/:id'
const MEMBERS = `${ORGANIZATION}/memberships`
const READ = 'org:sys_memberships:read'
const MANAGE = 'org:sys_memberships:manage'

export function addFrontendMembers(add: OrganizationRoute, instance: Instance): void {
  const shape = (membership: MembershipRecord) => membershipShape(instance, membership)
  const member = (c: Context, { organization }: Access): MembershipRecord => {
    const found = findMembership(instance, organization.id, c.req.param('userId') ?? '')
    if (!found) throw notFound('organization membership')
    return found
  }
  add('GET', MEMBERS, READ, (c, { organization }) => {
    const all = instance.records.memberships.filter((m) => m.organizationId === organization.id)
    return pageShape(c, selectMembers(c, instance, all), shape)
  })
  add('POST', MEMBERS, MANAGE, (_, { organization, params }) => {
    const userId = text(params, 'user_id')
    const role = text(params, 'role')
    if (!userId) throw missingParam('user_id')
    if (!role) throw missingParam('role')
    return shape(addMember(instance, organization, getUser(instance, userId), role))
  })
  add('PATCH', `${MEMBERS}/:userId`, MANAGE, (c, access) =>
    shape(changeRole(instance, member(c, access), access.params.role))
  )
  add('DELETE', `${MEMBERS}/:userId`, MANAGE, (c, access) => {
    const membership = member(c, access)
    requireAnotherAdmin(instance, membership)
    const answer = shape(membership)
    removeMember(instance, membership)
    return answer
  })
  add('GET', `${ORGANIZATION}/roles`, undefined, (c) => ({
    ...pageShape(c, roleShapes(instance), (role) => role),
    has_role_set_migration: false
  }))
  // Verified domains are off, so there are none, and no one asks to join.
  for (const none of ['domains', 'membership_requests'])
    add('GET', `${ORGANIZATION}/${none}`, undefined, () => ({ data: [], total_count: 0 }))
}
