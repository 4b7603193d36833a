/** Invitations of an address to an organization. */
import { randomBytes } from 'node:crypto'
import { apiError, invalidValue, notFound } from '@/sandbox/clerk/errors'
import { requireEmail } from '@/sandbox/clerk/factors/codes'
import type { Instance } from '@/sandbox/clerk/instance'
import { findMembership } from '@/sandbox/clerk/organizations/memberships'
import {
  addMember,
  getOrganization,
  requireQuota
} from '@/sandbox/clerk/organizations/organizations'
import type {
  OrganizationInvitationRecord,
  OrganizationRecord
} from '@/sandbox/clerk/organizations/records'
import { requireRole } from '@/sandbox/clerk/organizations/roles'
import { backendInvitationShape, invitationStatus } from '@/sandbox/clerk/organizations/shapes'
import type { Metadata, UserRecord } from '@/sandbox/clerk/records'
import { findByEmail } from '@/sandbox/clerk/users'

const DAY = 24 * 3_600_000
const DEFAULT_DAYS = 30

export type InvitationInput = {
  address: string
  role: unknown
  inviterId: string | null
  redirectUrl: string | null
  days?: number | undefined
  publicMetadata?: Metadata | undefined
  privateMetadata?: Metadata | undefined
}

export function inviteMember(
  instance: Instance,
  organization: OrganizationRecord,
  input: InvitationInput
): OrganizationInvitationRecord {
  const address = requireEmail(input.address)
  const role = requireRole(input.role)
  if (input.inviterId && !findMembership(instance, organization.id, input.inviterId))
    throw invalidValue('inviter_user_id')
  const user = findByEmail(instance, address)
  if (user && findMembership(instance, organization.id, user.id)) throw alreadyMember(address)
  if (pendingFor(instance, organization.id, address)) throw duplicateInvitation()
  requireQuota(instance, organization, 'members and invitations')
  const now = instance.now()
  const invitation = instance.records.organizationInvitations.put({
    id: `orginv_${instance.ids.text('organization invitation', 27)}`,
    organizationId: organization.id,
    address,
    role,
    token: randomBytes(32).toString('base64url'),
    status: 'pending',
    inviterId: input.inviterId,
    userId: user?.id ?? null,
    redirectUrl: input.redirectUrl,
    publicMetadata: input.publicMetadata ?? {},
    privateMetadata: input.privateMetadata ?? {},
    expireAt: now + (input.days ?? DEFAULT_DAYS) * DAY,
    createdAt: now,
    updatedAt: now
  })
  notifyInvitation(instance, 'created', invitation)
  return invitation
}

const alreadyMember = (address: string) =>
  apiError(
    400,
    'already_a_member_in_organization',
    'already a member',
    `${address} is already a member of the organization.`,
    'email_address'
  )

const duplicateInvitation = () =>
  apiError(
    400,
    'duplicate_record',
    'duplicate invitation',
    'There are already pending invitations for the given email address.',
    'email_address'
  )

const pendingFor = (instance: Instance, organizationId: string, address: string) =>
  instance.records.organizationInvitations.find(
    (i) =>
      i.organizationId === organizationId &&
      i.address === address &&
      invitationStatus(instance, i) === 'pending'
  )

/** Newest first; each status that is asked for, or all. */
export const invitationsOf = (
  instance: Instance,
  of: Partial<Pick<OrganizationInvitationRecord, 'organizationId' | 'address'>>,
  statuses: string[] | undefined
): OrganizationInvitationRecord[] =>
  instance.records.organizationInvitations
    .filter(
      (i) =>
        (!of.organizationId || i.organizationId === of.organizationId) &&
        (!of.address || i.address === of.address) &&
        (!statuses || statuses.includes(invitationStatus(instance, i)))
    )
    .sort((a, b) => b.createdAt - a.createdAt)

export function getInvitation(
  instance: Instance,
  organizationId: string,
  id: string
): OrganizationInvitationRecord {
  const invitation = instance.records.organizationInvitations.get(id)
  if (invitation?.organizationId !== organizationId) throw notFound('organization invitation')
  return invitation
}

export function revokeInvitation(
  instance: Instance,
  invitation: OrganizationInvitationRecord
): OrganizationInvitationRecord {
  requirePending(instance, invitation)
  const revoked = { ...invitation, status: 'revoked' as const, updatedAt: instance.now() }
  instance.records.organizationInvitations.put(revoked)
  notifyInvitation(instance, 'revoked', revoked)
  return revoked
}

/** The invitation's metadata becomes the membership's. */
export function acceptInvitation(
  instance: Instance,
  invitation: OrganizationInvitationRecord,
  user: UserRecord
): OrganizationInvitationRecord {
  requirePending(instance, invitation)
  const organization = getOrganization(instance, invitation.organizationId)
  const { role, publicMetadata, privateMetadata } = invitation
  addMember(instance, organization, user, role, { publicMetadata, privateMetadata })
  const accepted = {
    ...invitation,
    status: 'accepted' as const,
    userId: user.id,
    updatedAt: instance.now()
  }
  instance.records.organizationInvitations.put(accepted)
  notifyInvitation(instance, 'accepted', accepted)
  return accepted
}

function requirePending(instance: Instance, invitation: OrganizationInvitationRecord): void {
  if (invitationStatus(instance, invitation) !== 'pending')
    throw apiError(
      400,
      'organization_invitation_not_pending',
      'The organization invitation is not pending.'
    )
}

const notifyInvitation = (
  instance: Instance,
  event: 'created' | 'accepted' | 'revoked',
  invitation: OrganizationInvitationRecord
) =>
  instance.notify(
    `organizationInvitation.${event}`,
    backendInvitationShape(instance, invitation, null)
  )
