/** Changes of organizations and their members that both APIs share. */
import { apiError, invalidValue, missingParam, notFound } from '@/sandbox/clerk/errors'
import type { Instance } from '@/sandbox/clerk/instance'
import { findMembership } from '@/sandbox/clerk/organizations/memberships'
import type { MembershipRecord, OrganizationRecord } from '@/sandbox/clerk/organizations/records'
import { ADMIN, requireRole } from '@/sandbox/clerk/organizations/roles'
import {
  backendMembershipShape,
  backendOrganizationShape,
  invitationStatus
} from '@/sandbox/clerk/organizations/shapes'
import type { UserRecord } from '@/sandbox/clerk/records'

/** As in a new development instance. */
export const organizationLimits = { memberships: 5 }

export type OrganizationInput = Partial<
  Omit<OrganizationRecord, 'id' | 'createdAt' | 'updatedAt' | 'createdBy'>
>

/** The creator becomes an admin, and the organization is active in their next session. */
export function createOrganization(
  instance: Instance,
  input: OrganizationInput,
  creator: UserRecord | undefined
): OrganizationRecord {
  if (!input.name) throw missingParam('name')
  if (creator?.createOrganizationEnabled === false) throw creationRefused()
  const limit = creator?.createOrganizationsLimit
  if (creator && limit && createdCount(instance, creator) >= limit) throw creationRefused()
  const now = instance.now()
  const organization = instance.records.organizations.put({
    maxMemberships: organizationLimits.memberships,
    adminDeleteEnabled: true,
    publicMetadata: {},
    privateMetadata: {},
    ...input,
    id: `org_${instance.ids.text('organization', 27)}`,
    name: input.name,
    slug: input.slug ? requireFreeSlug(instance, input.slug) : freeSlug(instance, input.name),
    createdBy: creator?.id ?? null,
    createdAt: now,
    updatedAt: now
  })
  instance.notify('organization.created', backendOrganizationShape(instance, organization))
  if (creator) addMember(instance, organization, creator, ADMIN)
  return organization
}

const createdCount = (instance: Instance, user: UserRecord) =>
  instance.records.organizations.filter((o) => o.createdBy === user.id).length

const creationRefused = () =>
  apiError(403, 'organization_creation_not_allowed', 'You may not create an organization.')

export function saveOrganization(
  instance: Instance,
  organization: OrganizationRecord,
  { slug, ...input }: OrganizationInput = {}
): OrganizationRecord {
  if (slug && slug !== organization.slug) organization.slug = requireFreeSlug(instance, slug)
  Object.assign(organization, input, { updatedAt: instance.now() })
  instance.records.organizations.put(organization)
  instance.notify('organization.updated', backendOrganizationShape(instance, organization))
  return organization
}

/** Deletes memberships and invitations too, and no session has it active any more. */
export function deleteOrganization(instance: Instance, { id, slug }: OrganizationRecord) {
  const { memberships, organizationInvitations, organizations } = instance.records
  for (const membership of memberships.filter((m) => m.organizationId === id))
    removeMember(instance, membership)
  for (const invitation of organizationInvitations.filter((i) => i.organizationId === id))
    organizationInvitations.delete(invitation.id)
  organizations.delete(id)
  const deleted = { object: 'organization', id, slug, deleted: true as const }
  instance.notify('organization.deleted', deleted)
  return deleted
}

/** By id or slug. */
export function getOrganization(instance: Instance, idOrSlug: string): OrganizationRecord {
  const found =
    instance.records.organizations.get(idOrSlug) ??
    instance.records.organizations.find((o) => o.slug === idOrSlug)
  if (!found) throw notFound('organization')
  return found
}

export function addMember(
  instance: Instance,
  organization: OrganizationRecord,
  user: UserRecord,
  role: string,
  metadata: Partial<Pick<MembershipRecord, 'publicMetadata' | 'privateMetadata'>> = {}
): MembershipRecord {
  if (findMembership(instance, organization.id, user.id))
    throw apiError(
      400,
      'already_a_member_in_organization',
      'already a member',
      `User ${user.id} is already a member of the organization.`
    )
  requireQuota(instance, organization, 'members')
  const now = instance.now()
  const membership = instance.records.memberships.put({
    publicMetadata: {},
    privateMetadata: {},
    ...metadata,
    id: `orgmem_${instance.ids.text('membership', 27)}`,
    organizationId: organization.id,
    userId: user.id,
    role: requireRole(role),
    createdAt: now,
    updatedAt: now
  })
  instance.records.users.put(Object.assign(user, { organizationId: organization.id }))
  instance.notify('organizationMembership.created', backendMembershipShape(instance, membership))
  return membership
}

/** Invitations count for the quota when another one is made, not when one is accepted. */
export function requireQuota(
  instance: Instance,
  { id, maxMemberships }: OrganizationRecord,
  counted: 'members' | 'members and invitations'
): void {
  const { memberships, organizationInvitations } = instance.records
  const pending = organizationInvitations.filter(
    (i) => i.organizationId === id && invitationStatus(instance, i) === 'pending'
  )
  const taken =
    memberships.filter((m) => m.organizationId === id).length +
    (counted === 'members' ? 0 : pending.length)
  if (maxMemberships > 0 && taken >= maxMemberships)
    throw apiError(
      403,
      'organization_membership_quota_exceeded',
      'Organization membership quota exceeded',
      `You have reached your limit of ${maxMemberships} organization memberships, including outstanding invitations.`
    )
}

export function saveMembership(instance: Instance, membership: MembershipRecord): MembershipRecord {
  membership.updatedAt = instance.now()
  instance.records.memberships.put(membership)
  instance.notify('organizationMembership.updated', backendMembershipShape(instance, membership))
  return membership
}

export function changeRole(
  instance: Instance,
  membership: MembershipRecord,
  role: unknown
): MembershipRecord {
  const next = requireRole(role)
  if (next !== ADMIN) requireAnotherAdmin(instance, membership)
  membership.role = next
  return saveMembership(instance, membership)
}

/** An organization keeps one member who can manage it. */
export function requireAnotherAdmin(
  instance: Instance,
  { id, organizationId, role }: MembershipRecord
) {
  const other = instance.records.memberships.find(
    (m) => m.organizationId === organizationId && m.role === ADMIN && m.id !== id
  )
  if (role === ADMIN && !other)
    throw apiError(
      400,
      'organization_minimum_permissions_needed',
      'There has to be at least one organization member with the minimum required permissions'
    )
}

export function removeMember(instance: Instance, membership: MembershipRecord): MembershipRecord {
  const shape = backendMembershipShape(instance, membership)
  const { organizationId, userId } = membership
  instance.records.memberships.delete(membership.id)
  for (const session of instance.records.sessions.filter(
    (s) => s.userId === userId && s.organizationId === organizationId
  ))
    instance.records.sessions.put(Object.assign(session, { organizationId: null }))
  instance.notify('organizationMembership.deleted', shape)
  return membership
}

const SLUG = /^[a-z0-9]+(-[a-z0-9]+)*$/

function requireFreeSlug(instance: Instance, slug: string): string {
  if (!SLUG.test(slug)) throw invalidValue('slug')
  if (instance.records.organizations.find((o) => o.slug === slug))
    throw apiError(
      422,
      'form_identifier_exists',
      'That slug is taken. Please try another.',
      undefined,
      'slug'
    )
  return slug
}

function freeSlug(instance: Instance, name: string): string {
  const base =
    name
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-|-$/g, '') || 'organization'
  const taken = instance.records.organizations.find((o) => o.slug === base)
  return taken ? `${base}-${instance.ids.text('slug', 6).toLowerCase()}` : base
}
