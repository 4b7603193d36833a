/** Backend API: members, roles and permissions. */
import type { Context, Hono } from 'hono'
import { mergeDeep } from '@/sandbox/clerk/backend/user-params'
import { missingParam, notFound } from '@/sandbox/clerk/errors'
import { metadata, readParams, text } from '@/sandbox/clerk/frontend/caller'
import type { Instance } from '@/sandbox/clerk/instance'
import { selectMembers } from '@/sandbox/clerk/organizations/member-search'
import { findMembership } from '@/sandbox/clerk/organizations/memberships'
import {
  addMember,
  changeRole,
  removeMember,
  requireAnotherAdmin,
  saveMembership
} from '@/sandbox/clerk/organizations/organizations'
import { METADATA, organizationOf } from '@/sandbox/clerk/organizations/params'
import type { MembershipRecord } from '@/sandbox/clerk/organizations/records'
import { permissionShapes, roleShapes } from '@/sandbox/clerk/organizations/roles'
import { backendMembershipShape } from '@/sandbox/clerk/organizations/shapes'
import { pageShape } from '@/sandbox/clerk/paging'
import { getUser } from '@/sandbox/clerk/users'

const MEMBERS = '/organizations/:id/memberships'

export function addBackendMembers(app: Hono, instance: Instance): void {
  const { memberships } = instance.records
  const shape = (membership: MembershipRecord) => backendMembershipShape(instance, membership)
  const list = (c: Context, of: MembershipRecord[]) =>
    c.json(pageShape(c, selectMembers(c, instance, of), shape) as never)

  app.get(MEMBERS, (c) => {
    const { id } = organizationOf(c, instance)
    return list(
      c,
      memberships.filter((m) => m.organizationId === id)
    )
  })
  app.get('/organization_memberships', (c) => list(c, memberships.all()))
  app.get('/users/:userId/organization_memberships', (c) => {
    const { id } = getUser(instance, c.req.param('userId'))
    const own = memberships.filter((m) => m.userId === id)
    return c.json(pageShape(c, own.reverse(), shape) as never)
  })
  addMemberChanges(app, instance, shape)
  addRoles(app, instance)
}

function addMemberChanges(
  app: Hono,
  instance: Instance,
  shape: (membership: MembershipRecord) => unknown
): void {
  const member = (c: Context): MembershipRecord => {
    const found = findMembership(
      instance,
      organizationOf(c, instance).id,
      c.req.param('userId') ?? ''
    )
    if (!found) throw notFound('organization membership')
    return found
  }
  app.post(MEMBERS, async (c) => {
    const params = await readParams(c)
    const userId = text(params, 'user_id')
    const role = text(params, 'role')
    if (!userId) throw missingParam('user_id')
    if (!role) throw missingParam('role')
    const organization = organizationOf(c, instance)
    const user = instance.records.users.get(userId)
    if (!user) throw notFound('user')
    return c.json(shape(addMember(instance, organization, user, role)) as never)
  })
  app.patch(`${MEMBERS}/:userId`, async (c) => {
    const { role } = await readParams(c)
    return c.json(shape(changeRole(instance, member(c), role)) as never)
  })
  app.patch(`${MEMBERS}/:userId/metadata`, async (c) => {
    const membership = member(c)
    const params = await readParams(c)
    for (const [field, name] of METADATA) {
      const given = metadata(params, name)
      if (given) membership[field] = mergeDeep(membership[field], given)
    }
    return c.json(shape(saveMembership(instance, membership)) as never)
  })
  app.delete(`${MEMBERS}/:userId`, (c) => {
    const membership = member(c)
    requireAnotherAdmin(instance, membership)
    const answer = shape(membership)
    removeMember(instance, membership)
    return c.json(answer as never)
  })
}

/** Custom roles and permissions are not emulated. */
function addRoles(app: Hono, instance: Instance): void {
  for (const [path, what, all] of [
    ['/organization_roles', 'organization role', () => roleShapes(instance)],
    ['/organization_permissions', 'organization permission', () => permissionShapes(instance)]
  ] as const) {
    app.get(path, (c) => {
      const query = c.req.query('query')?.toLowerCase() ?? ''
      const matches = [...all()].filter((r) => `${r.key} ${r.name}`.toLowerCase().includes(query))
      return c.json(pageShape(c, matches, (r) => r) as never)
    })
    app.get(`${path}/:id`, (c) => {
      const found = [...all()].find((r) => r.id === c.req.param('id'))
      if (!found) throw notFound(what)
      return c.json(found as never)
    })
  }
}
