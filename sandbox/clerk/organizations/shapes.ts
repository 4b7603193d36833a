/**
 * The vendor's JSON shapes of organizations. The browser's never contain private metadata; the
 * Backend API's do.
 */
import type { Instance } from '@/sandbox/clerk/instance'
import type {
  MembershipRecord,
  OrganizationInvitationRecord,
  OrganizationRecord
} from '@/sandbox/clerk/organizations/records'
import { permissionsOf, roleName } from '@/sandbox/clerk/organizations/roles'
import type { UserRecord } from '@/sandbox/clerk/records'
import { drawInitials, publicUserData, userShape } from '@/sandbox/clerk/user-shapes'

const isPending = (instance: Instance, invitation: OrganizationInvitationRecord) =>
  invitationStatus(instance, invitation) === 'pending'

export const invitationStatus = (
  instance: Instance,
  { status, expireAt }: Pick<OrganizationInvitationRecord, 'status' | 'expireAt'>
): string => (status === 'pending' && expireAt <= instance.now() ? 'expired' : status)

const imageOf = ({ image, name }: OrganizationRecord) => image ?? drawInitials(name.slice(0, 1))

export const organizationShape = (instance: Instance, organization: OrganizationRecord) => ({
  object: 'organization',
  id: organization.id,
  name: organization.name,
  slug: organization.slug,
  image_url: imageOf(organization),
  logo_url: organization.image ?? null,
  has_image: organization.image !== undefined,
  members_count: instance.records.memberships.filter((m) => m.organizationId === organization.id)
    .length,
  pending_invitations_count: instance.records.organizationInvitations.filter(
    (i) => i.organizationId === organization.id && isPending(instance, i)
  ).length,
  max_allowed_memberships: organization.maxMemberships,
  admin_delete_enabled: organization.adminDeleteEnabled,
  public_metadata: organization.publicMetadata,
  created_at: organization.createdAt,
  updated_at: organization.updatedAt
})

export const backendOrganizationShape = (
  instance: Instance,
  organization: OrganizationRecord,
  withCounts = false
) => {
  const { members_count, pending_invitations_count, ...shape } = organizationShape(
    instance,
    organization
  )
  return {
    ...shape,
    ...(withCounts ? { members_count, pending_invitations_count } : {}),
    private_metadata: organization.privateMetadata,
    ...(organization.createdBy ? { created_by: organization.createdBy } : {}),
    role_set_key: 'role_set:default'
  }
}

function memberData(instance: Instance, userId: string) {
  const user = instance.records.users.get(userId)
  return user ? { ...publicUserData(user), banned: user.banned, deprovisioned: false } : null
}

const membershipFields = (instance: Instance, membership: MembershipRecord) => ({
  object: 'organization_membership',
  id: membership.id,
  role: membership.role,
  role_name: roleName(membership.role),
  permissions: permissionsOf(membership.role),
  public_metadata: membership.publicMetadata,
  public_user_data: memberData(instance, membership.userId),
  created_at: membership.createdAt,
  updated_at: membership.updatedAt
})

/** A membership with its organization; undefined when that was deleted. */
export function membershipShape(instance: Instance, membership: MembershipRecord) {
  const organization = instance.records.organizations.get(membership.organizationId)
  return {
    ...membershipFields(instance, membership),
    organization: organization ? organizationShape(instance, organization) : null
  }
}

export function backendMembershipShape(instance: Instance, membership: MembershipRecord) {
  const organization = instance.records.organizations.get(membership.organizationId)
  return {
    ...membershipFields(instance, membership),
    private_metadata: membership.privateMetadata,
    organization: organization ? backendOrganizationShape(instance, organization) : null
  }
}

function publicOrganizationData(instance: Instance, id: string) {
  const organization = instance.records.organizations.get(id)
  return organization
    ? {
        id,
        name: organization.name,
        slug: organization.slug,
        image_url: imageOf(organization),
        has_image: organization.image !== undefined
      }
    : null
}

/** Who invited, without what only members see. */
function inviterData(instance: Instance, userId: string | null) {
  const user = userId ? instance.records.users.get(userId) : undefined
  if (!user) return null
  const { username: _, profile_image_url: __, ...data } = publicUserData(user)
  return data
}

export const invitationShape = (
  instance: Instance,
  invitation: OrganizationInvitationRecord,
  url: string | null
) => ({
  object: 'organization_invitation',
  id: invitation.id,
  email_address: invitation.address,
  role: invitation.role,
  role_name: roleName(invitation.role),
  organization_id: invitation.organizationId,
  inviter_id: invitation.inviterId,
  public_inviter_data: inviterData(instance, invitation.inviterId),
  ...(invitation.status === 'accepted' ? { user_id: invitation.userId } : {}),
  status: invitationStatus(instance, invitation),
  public_metadata: invitation.publicMetadata,
  url,
  expires_at: invitation.expireAt,
  created_at: invitation.createdAt,
  updated_at: invitation.updatedAt
})

/** As the invited user sees it. */
export const receivedInvitationShape = (
  instance: Instance,
  invitation: OrganizationInvitationRecord,
  url: string | null
) => ({
  ...invitationShape(instance, invitation, url),
  public_organization_data: publicOrganizationData(instance, invitation.organizationId)
})

export const backendInvitationShape = (
  instance: Instance,
  invitation: OrganizationInvitationRecord,
  url: string | null
) => ({
  ...invitationShape(instance, invitation, url),
  private_metadata: invitation.privateMetadata
})

/** The user as the signed-in browser sees it, with the organizations. */
export const browserUserShape = (instance: Instance, user: UserRecord) => ({
  ...userShape(user),
  organization_memberships: instance.records.memberships
    .filter((m) => m.userId === user.id)
    .map((m) => membershipShape(instance, m))
})
