/** The two roles of every organization and their system permissions. */
import { invalidValue } from '@/sandbox/clerk/errors'
import type { Instance } from '@/sandbox/clerk/instance'

export const ADMIN = 'org:admin'
export const MEMBER = 'org:member'

const PERMISSIONS: Record<string, string> = {
  'org:sys_profile:manage': 'Manage organization',
  'org:sys_profile:delete': 'Delete organization',
  'org:sys_memberships:read': 'Read members',
  'org:sys_memberships:manage': 'Manage members',
  'org:sys_domains:read': 'Read domains',
  'org:sys_domains:manage': 'Manage domains',
  'org:sys_billing:read': 'Read billing',
  'org:sys_billing:manage': 'Manage billing'
}

const ROLES = [
  { key: ADMIN, name: 'Admin', permissions: Object.keys(PERMISSIONS), creator: true },
  {
    key: MEMBER,
    name: 'Member',
    permissions: ['org:sys_memberships:read', 'org:sys_billing:read'],
    creator: false
  }
]

/** @throws ClerkApiError for a role that does not exist. */
export function requireRole(key: unknown): string {
  const role = ROLES.find((r) => r.key === key)
  if (!role) throw invalidValue('role')
  return role.key
}

export const roleName = (key: string): string => ROLES.find((r) => r.key === key)?.name ?? key

export const permissionsOf = (key: string): string[] =>
  ROLES.find((r) => r.key === key)?.permissions ?? []

const idFrom = (prefix: string, instance: Instance, key: string) =>
  `${prefix}_${instance.id.slice(4, 14)}${key.replace(/\W/g, '')}`

/** Roles and permissions come with the instance. */
const INSTANCE_CREATED = { created_at: 1_700_000_000_000, updated_at: 1_700_000_000_000 }

const permissionShape = (instance: Instance, key: string) => ({
  object: 'permission',
  id: idFrom('perm', instance, key),
  key,
  name: PERMISSIONS[key] ?? key,
  description: '',
  type: 'system',
  ...INSTANCE_CREATED
})

export const permissionShapes = (instance: Instance) =>
  Object.keys(PERMISSIONS).map((key) => permissionShape(instance, key))

export const roleShapes = (instance: Instance) =>
  ROLES.map(({ key, name, permissions, creator }) => ({
    object: 'role',
    id: idFrom('role', instance, key),
    key,
    name,
    description: `Role of ${name.toLowerCase()}s`,
    is_creator_eligible: creator,
    permissions: permissions.map((permission) => permissionShape(instance, permission)),
    ...INSTANCE_CREATED
  }))
