/** What requests about an organization have in common. */
import type { Context } from 'hono'
import { metadata, type Params } from '@/sandbox/clerk/frontend/caller'
import type { Instance } from '@/sandbox/clerk/instance'
import { getOrganization } from '@/sandbox/clerk/organizations/organizations'
import type { OrganizationRecord } from '@/sandbox/clerk/organizations/records'

export const METADATA = [
  ['publicMetadata', 'public_metadata'],
  ['privateMetadata', 'private_metadata']
] as const

/** By the id or slug in the path. */
export const organizationOf = (c: Context, instance: Instance): OrganizationRecord =>
  getOrganization(instance, c.req.param('id') ?? '')

export const metadataFrom = (params: Params) =>
  Object.fromEntries(
    METADATA.flatMap(([field, name]) => {
      const given = metadata(params, name)
      return given ? [[field, given]] : []
    })
  )
