/** The routes of one organization in the Frontend API. */
import type { Context, Hono } from 'hono'
import {
  type Caller,
  type Params,
  requireSession,
  respondWithClient,
  route
} from '@/sandbox/clerk/frontend/caller'
import type { Instance } from '@/sandbox/clerk/instance'
import { requireEnabled } from '@/sandbox/clerk/organizations/enabled'
import { requireMembership } from '@/sandbox/clerk/organizations/memberships'
import { getOrganization } from '@/sandbox/clerk/organizations/organizations'
import type { OrganizationRecord } from '@/sandbox/clerk/organizations/records'
import type { UserRecord } from '@/sandbox/clerk/records'

export type Access = { user: UserRecord; organization: OrganizationRecord; params: Params }
export type OrganizationRoute = (
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
  path: string,
  permission: string | undefined,
  handler: (c: Context, access: Access) => unknown
) => void

/** A route of one organization, for its members, or for those with a permission. */
export const organizationRoute =
  (app: Hono, instance: Instance): OrganizationRoute =>
  (method, path, permission, handler) =>
    route(app, instance, method, path, async (c: Context, caller: Caller, params: Params) => {
      requireEnabled(instance)
      const { user } = requireSession(c, instance, caller)
      const organization = getOrganization(instance, c.req.param('id') ?? '')
      requireMembership(instance, organization.id, user.id, permission)
      const response = await handler(c, { user, organization, params })
      return respondWithClient(c, instance, caller, response)
    })
