/** Backend API: organizations. */
import type { Context, Hono } from 'hono'
import { mergeDeep } from '@/sandbox/clerk/backend/user-params'
import { invalidValue, unknownParam } from '@/sandbox/clerk/errors'
import { metadata, type Params, readParams, text } from '@/sandbox/clerk/frontend/caller'
import type { Instance } from '@/sandbox/clerk/instance'
import { addBackendInvitations } from '@/sandbox/clerk/organizations/backend-invitations'
import { addBackendMembers } from '@/sandbox/clerk/organizations/backend-members'
import { requireOrganizations } from '@/sandbox/clerk/organizations/enabled'
import {
  createOrganization,
  deleteOrganization,
  type OrganizationInput,
  saveOrganization
} from '@/sandbox/clerk/organizations/organizations'
import { METADATA, metadataFrom, organizationOf } from '@/sandbox/clerk/organizations/params'
import type { OrganizationRecord } from '@/sandbox/clerk/organizations/records'
import { backendOrganizationShape } from '@/sandbox/clerk/organizations/shapes'
import { pageShape } from '@/sandbox/clerk/paging'
import { readPicture } from '@/sandbox/clerk/pictures'
import { getUser } from '@/sandbox/clerk/users'

const SHARED = ['name', 'slug', 'max_allowed_memberships', 'created_at', 'role_set_key']
const CREATE = [...SHARED, 'created_by', 'public_metadata', 'private_metadata']
const UPDATE = [...SHARED, 'admin_delete_enabled']

export function addBackendOrganizations(app: Hono, instance: Instance): void {
  requireOrganizations(app, instance)
  const shape = (organization: OrganizationRecord) =>
    backendOrganizationShape(instance, organization) as never

  app.get('/organizations', (c) => {
    const withCounts = c.req.query('include_members_count') === 'true'
    return c.json(
      pageShape(c, select(c, instance), (o) =>
        backendOrganizationShape(instance, o, withCounts)
      ) as never
    )
  })
  app.post('/organizations', async (c) => {
    const params = await readParams(c)
    const creator = text(params, 'created_by')
    const input = inputFrom(params, CREATE)
    return c.json(
      shape(createOrganization(instance, input, creator ? getUser(instance, creator) : undefined))
    )
  })
  app.get('/organizations/:id', (c) =>
    c.json(
      backendOrganizationShape(
        instance,
        organizationOf(c, instance),
        c.req.query('include_members_count') === 'true'
      ) as never
    )
  )
  app.patch('/organizations/:id', async (c) => {
    const input = inputFrom(await readParams(c), UPDATE)
    return c.json(shape(saveOrganization(instance, organizationOf(c, instance), input)))
  })
  app.delete('/organizations/:id', (c) =>
    c.json(deleteOrganization(instance, organizationOf(c, instance)))
  )
  addOrganizationData(app, instance, shape)
  addBackendMembers(app, instance)
  addBackendInvitations(app, instance)
}

/** Metadata and logo. */
function addOrganizationData(
  app: Hono,
  instance: Instance,
  shape: (organization: OrganizationRecord) => never
): void {
  for (const method of ['PATCH', 'PUT'] as const)
    app.on(method, '/organizations/:id/metadata', async (c) => {
      const organization = organizationOf(c, instance)
      const params = await readParams(c)
      for (const [field, name] of METADATA) {
        const given = metadata(params, name)
        if (given)
          organization[field] = method === 'PUT' ? given : mergeDeep(organization[field], given)
      }
      return c.json(shape(saveOrganization(instance, organization)))
    })
  app.put('/organizations/:id/logo', async (c) => {
    const image = await readPicture(await readParams(c))
    return c.json(shape(saveOrganization(instance, organizationOf(c, instance), { image })))
  })
  app.delete('/organizations/:id/logo', (c) => {
    const { image: _, ...organization } = organizationOf(c, instance)
    return c.json(shape(saveOrganization(instance, organization)))
  })
}

function inputFrom(params: Params, known: string[]): OrganizationInput {
  const unknown = Object.keys(params).find((key) => !known.includes(key))
  if (unknown) throw unknownParam(unknown)
  const name = text(params, 'name')
  const slug = text(params, 'slug')
  const max = params.max_allowed_memberships
  if (max !== undefined && max !== null && !(Number.isInteger(max) && Number(max) >= 0))
    throw invalidValue('max_allowed_memberships')
  return {
    ...(name ? { name } : {}),
    ...(slug ? { slug } : {}),
    ...(typeof max === 'number' ? { maxMemberships: max } : {}),
    ...(typeof params.admin_delete_enabled === 'boolean'
      ? { adminDeleteEnabled: params.admin_delete_enabled }
      : {}),
    ...metadataFrom(params)
  }
}

const ORDERS: Record<string, (o: OrganizationRecord, instance: Instance) => number | string> = {
  name: (o) => o.name,
  created_at: (o) => o.createdAt,
  members_count: (o, { records }) =>
    records.memberships.filter((m) => m.organizationId === o.id).length
}

function select(c: Context, instance: Instance): OrganizationRecord[] {
  const query = c.req.query('query')?.toLowerCase()
  const { organization_id: ids, user_id: userIds } = c.req.queries()
  const [, sign, name = ''] = /^([+-]?)(\w+)$/.exec(c.req.query('order_by') ?? '-created_at') ?? []
  const key = ORDERS[name]
  if (!key) throw invalidValue('order_by')
  const direction = sign === '-' ? -1 : 1
  return instance.records.organizations
    .filter(
      (o) =>
        (!query ||
          o.id.toLowerCase() === query ||
          o.name.toLowerCase().includes(query) ||
          o.slug.includes(query)) &&
        (!ids || ids.includes(o.id)) &&
        (!userIds ||
          instance.records.memberships.find(
            (m) => m.organizationId === o.id && userIds.includes(m.userId)
          ) !== undefined)
    )
    .sort((a, b) => direction * (key(a, instance) < key(b, instance) ? -1 : 1))
}
