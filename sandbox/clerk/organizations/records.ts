/** Records of organizations. Times are epoch milliseconds. */
import type { Collection, Store } from '@/sandbox/core/store'

type Metadata = Record<string, unknown>

export type OrganizationRecord = {
  id: string
  name: string
  slug: string
  createdBy: string | null
  /** A picture as a data URI; without one, initials are drawn. */
  image?: string
  /** 0 = unlimited. */
  maxMemberships: number
  adminDeleteEnabled: boolean
  publicMetadata: Metadata
  privateMetadata: Metadata
  createdAt: number
  updatedAt: number
}

export type MembershipRecord = {
  id: string
  organizationId: string
  userId: string
  role: string
  publicMetadata: Metadata
  privateMetadata: Metadata
  createdAt: number
  updatedAt: number
}

export type OrganizationInvitationRecord = {
  id: string
  organizationId: string
  address: string
  role: string
  token: string
  status: 'pending' | 'accepted' | 'revoked'
  inviterId: string | null
  userId: string | null
  redirectUrl: string | null
  publicMetadata: Metadata
  privateMetadata: Metadata
  expireAt: number
  createdAt: number
  updatedAt: number
}

export type OrganizationRecords = {
  organizations: Collection<OrganizationRecord>
  memberships: Collection<MembershipRecord>
  organizationInvitations: Collection<OrganizationInvitationRecord>
}

export const openOrganizationRecords = (store: Store): OrganizationRecords => ({
  organizations: store.collection('organizations'),
  memberships: store.collection('organization-memberships'),
  organizationInvitations: store.collection('organization-invitations')
})
