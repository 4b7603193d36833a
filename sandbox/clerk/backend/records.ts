/** Records that only the Backend API creates. Times are epoch milliseconds. */
import type { Collection, Store } from '@/sandbox/core/store'

type Metadata = Record<string, unknown>

/** Invites an address to sign up. */
export type InvitationRecord = {
  id: string
  address: string
  token: string
  status: 'pending' | 'accepted' | 'revoked'
  publicMetadata: Metadata
  redirectUrl: string | null
  expireAt: number | null
  createdAt: number
  updatedAt: number
}

/** An entry of the allowlist or the blocklist. */
export type IdentifierRecord = {
  id: string
  list: 'allowlist' | 'blocklist'
  identifier: string
  type: 'email_address' | 'phone_number'
  createdAt: number
  updatedAt: number
}

export type RedirectUrlRecord = { id: string; url: string; createdAt: number; updatedAt: number }

/** A satellite domain; the primary domain is the host of the publishable key. */
export type DomainRecord = { id: string; name: string; proxyUrl: string | null }

export type JwtTemplateRecord = {
  id: string
  name: string
  claims: Metadata
  lifetime: number
  allowedClockSkew: number
  /** Set when the template has a key of its own. */
  signingKey: string | null
  signingAlgorithm: string
  createdAt: number
  updatedAt: number
}

/** Origins that the Backend API added to those of the options. */
export type OriginRecord = { id: string }

export type BackendRecords = {
  invitations: Collection<InvitationRecord>
  identifiers: Collection<IdentifierRecord>
  redirectUrls: Collection<RedirectUrlRecord>
  domains: Collection<DomainRecord>
  jwtTemplates: Collection<JwtTemplateRecord>
  origins: Collection<OriginRecord>
}

export const openBackendRecords = (store: Store): BackendRecords => ({
  invitations: store.collection('invitations'),
  identifiers: store.collection('identifiers'),
  redirectUrls: store.collection('redirect-urls'),
  domains: store.collection('domains'),
  jwtTemplates: store.collection('jwt-templates'),
  origins: store.collection('origins')
})
