/**
 * The emulator's records. Every collection is durable, so users stay signed in after a crash. Times
 * are epoch milliseconds.
 */
import type { JsonWebKey } from 'node:crypto'
import { type BackendRecords, openBackendRecords } from '@/sandbox/clerk/backend/records'
import {
  type OrganizationRecords,
  openOrganizationRecords
} from '@/sandbox/clerk/organizations/records'
import type { Collection, Store } from '@/sandbox/core/store'

export type Metadata = Record<string, unknown>

export type Verification = {
  status: 'unverified' | 'verified' | 'failed' | 'expired'
  strategy: string
  attempts: number
  expireAt: number | null
  /** The code that was sent; it leaves this process only through the inbox. */
  code: string | null
}

export type EmailRecord = {
  id: string
  address: string
  verification: Verification | null
  createdAt: number
}

export type PhoneRecord = {
  id: string
  number: string
  verification: Verification | null
  createdAt: number
}

/**
 * An authenticator app; it counts as a second factor once its first code was verified. `secret` is
 * base32.
 */
export type TotpRecord = {
  id: string
  secret: string
  verified: boolean
  createdAt: number
  updatedAt: number
}

export type UserRecord = {
  id: string
  externalId: string | null
  firstName: string | null
  lastName: string | null
  emails: EmailRecord[]
  primaryEmailId: string | null
  phones: PhoneRecord[]
  primaryPhoneId: string | null
  totp: TotpRecord | null
  backupCodes: string[]
  passwordHash: string | null
  /** Absent until the first change. */
  passwordUpdatedAt?: number
  /** The next sign-in by password is refused until the password is reset. */
  passwordCompromised?: boolean
  /** A picture as a data URI; without one, initials are drawn. */
  image?: string
  /** Active in the next session. */
  organizationId?: string
  createOrganizationEnabled?: boolean
  createOrganizationsLimit?: number | null
  publicMetadata: Metadata
  privateMetadata: Metadata
  unsafeMetadata: Metadata
  banned: boolean
  locked: boolean
  deleteSelfEnabled: boolean
  lastSignInAt: number | null
  lastActiveAt: number | null
  createdAt: number
  updatedAt: number
}

export type ReverificationLevel = 'first_factor' | 'second_factor' | 'multi_factor'

/** A reverification in progress within a session. */
export type ReverificationRecord = {
  id: string
  level: ReverificationLevel
  status: 'needs_first_factor' | 'needs_second_factor' | 'complete'
  first: Verification | null
  second: Verification | null
}

export type SessionRecord = {
  id: string
  userId: string
  clientId: string
  status: 'active' | 'ended' | 'removed' | 'revoked' | 'replaced'
  userAgent: string
  /** The organization that the user has chosen. */
  organizationId: string | null
  /** Who impersonates the user. */
  actor: Metadata | null
  /** When each factor was last verified in this session; null = never. */
  firstFactorAt: number | null
  secondFactorAt: number | null
  reverification: ReverificationRecord | null
  lastActiveAt: number
  expireAt: number
  abandonAt: number
  createdAt: number
  updatedAt: number
}

/**
 * `updatedAt` is real time, never the movable clock: browsers turn it into `__client_uat`, which
 * must not pass a token's `iat`.
 */
export type ClientRecord = {
  id: string
  signInId: string | null
  signUpId: string | null
  lastStrategy: string | null
  createdAt: number
  updatedAt: number
}

/** One browser profile of a development instance; its id is the value of `__clerk_db_jwt`. */
export type DevBrowserRecord = {
  id: string
  clientId: string | null
  /** Users who have completed a sign-in on this device. */
  trustedBy: string[]
  createdAt: number
}

/** Settings that can change while the instance runs. */
export type SettingRecord = {
  id:
    | 'device-trust'
    | 'organizations'
    | 'allowlist'
    | 'blocklist'
    | 'block_email_subaddresses'
    | 'block_disposable_email_domains'
    | 'ignore_dots_for_gmail_addresses'
  on: boolean
}

export type SignUpRecord = {
  id: string
  clientId: string
  email: string | null
  passwordHash: string | null
  firstName: string | null
  lastName: string | null
  unsafeMetadata: Metadata
  verification: Verification | null
  locale: string | null
  externalId?: string
  customAction?: boolean
  /** The invitation that the sign-up accepts. */
  ticket?: string
  createdSessionId: string | null
  createdUserId: string | null
  abandonAt: number
}

export type SignInRecord = {
  id: string
  clientId: string
  status:
    | 'needs_identifier'
    | 'needs_first_factor'
    | 'needs_second_factor'
    | 'needs_client_trust'
    | 'needs_new_password'
    | 'complete'
  userId: string | null
  identifier: string | null
  verification: Verification | null
  secondVerification: Verification | null
  createdSessionId: string | null
  abandonAt: number
}

/** A code sent to an e-mail address or a phone. */
export type CodeRecord = {
  id: string
  to: string
  purpose:
    | 'sign_up'
    | 'sign_in'
    | 'reset_password'
    | 'verify_email'
    | 'verify_phone'
    | 'reverification'
  code: string
  createdAt: number
}
type NonceRecord = { id: string; directives: string[]; createdAt: number }
/** A sign-in token, or an actor token. */
export type TicketRecord = {
  id: string
  userId: string
  /** Only of an actor token: who impersonates the user, and for how long. */
  actor?: Metadata
  sessionSeconds?: number
  token: string
  status: 'pending' | 'accepted' | 'revoked'
  expireAt: number
  createdAt: number
  updatedAt: number
}
export type KeyRecord = { id: string; privateKey: JsonWebKey }

export type Records = BackendRecords &
  OrganizationRecords & {
    users: Collection<UserRecord>
    sessions: Collection<SessionRecord>
    clients: Collection<ClientRecord>
    devBrowsers: Collection<DevBrowserRecord>
    signUps: Collection<SignUpRecord>
    signIns: Collection<SignInRecord>
    mails: Collection<CodeRecord>
    nonces: Collection<NonceRecord>
    tickets: Collection<TicketRecord>
    keys: Collection<KeyRecord>
    settings: Collection<SettingRecord>
  }

export function openRecords(store: Store): Records {
  const records: Records = {
    ...openBackendRecords(store),
    ...openOrganizationRecords(store),
    users: store.collection('users'),
    sessions: store.collection('sessions'),
    clients: store.collection('clients'),
    devBrowsers: store.collection('dev-browsers'),
    signUps: store.collection('sign-ups'),
    signIns: store.collection('sign-ins'),
    mails: store.collection('mails'),
    nonces: store.collection('nonces'),
    tickets: store.collection('tickets'),
    keys: store.collection('keys'),
    settings: store.collection('settings')
  }
  // Records of earlier versions lack these fields.
  for (const user of records.users.all())
    withDefaults<UserRecord>(user, {
      phones: [],
      primaryPhoneId: null,
      totp: null,
      backupCodes: []
    })
  for (const session of records.sessions.all())
    withDefaults<SessionRecord>(session, {
      organizationId: null,
      actor: null,
      firstFactorAt: session.createdAt,
      secondFactorAt: null,
      reverification: null
    })
  for (const device of records.devBrowsers.all())
    withDefaults<DevBrowserRecord>(device, { trustedBy: [] })
  return records
}

const withDefaults = <T extends object>(record: T, missing: Partial<T>): T =>
  Object.assign(record, { ...missing, ...record })
