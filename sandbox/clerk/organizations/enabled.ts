/** Everything about organizations is refused while the instance has them off. */
import type { Hono, MiddlewareHandler } from 'hono'
import { apiError, errorResponse } from '@/sandbox/clerk/errors'
import type { Instance } from '@/sandbox/clerk/instance'
import { isOn } from '@/sandbox/clerk/settings'

const BACKEND_PATHS = [
  '/organizations',
  '/organizations/*',
  '/organization_memberships',
  '/organization_invitations',
  '/organization_roles',
  '/organization_roles/*',
  '/organization_permissions',
  '/organization_permissions/*',
  '/users/:id/organization_memberships',
  '/users/:id/organization_invitations'
]

export function requireOrganizations(app: Hono, instance: Instance): void {
  const gate: MiddlewareHandler = (c, next) =>
    isOn(instance, 'organizations') ? next() : Promise.resolve(errorResponse(c, notEnabled()))
  for (const path of BACKEND_PATHS) app.use(path, gate)
}

export function requireEnabled(instance: Instance): void {
  if (!isOn(instance, 'organizations')) throw notEnabled()
}

const notEnabled = () =>
  apiError(
    403,
    'organization_not_enabled_in_instance',
    'access denied',
    'The organizations feature is not enabled for this instance.'
  )
