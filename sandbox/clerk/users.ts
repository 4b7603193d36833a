/** Users and their sessions: the changes that Frontend API and Backend API share. */
import { notFound, userBanned } from '@/sandbox/clerk/errors'
import type { Instance } from '@/sandbox/clerk/instance'
import { findMembership } from '@/sandbox/clerk/organizations/memberships'
import type {
  ClientRecord,
  EmailRecord,
  Metadata,
  PhoneRecord,
  SessionRecord,
  UserRecord,
  Verification
} from '@/sandbox/clerk/records'
import { backendSessionShape } from '@/sandbox/clerk/resources'
import { backendUserShape } from '@/sandbox/clerk/user-shapes'

const DAY = 24 * 3_600_000

type Identifier = { verification: Verification | null }
type NewUser = Partial<
  Omit<UserRecord, 'id' | 'emails' | 'primaryEmailId' | 'phones' | 'primaryPhoneId'>
> & {
  emails: (Identifier & { address: string })[]
  phones?: (Identifier & { number: string })[]
}

export function createUser(instance: Instance, input: NewUser): UserRecord {
  const now = instance.now()
  const emails = input.emails.map((e) => newEmail(instance, e.address, e.verification))
  const phones = (input.phones ?? []).map((p) => newPhone(instance, p.number, p.verification))
  const user = instance.records.users.put({
    externalId: null,
    firstName: null,
    lastName: null,
    passwordHash: null,
    totp: null,
    backupCodes: [],
    publicMetadata: {},
    privateMetadata: {},
    unsafeMetadata: {},
    banned: false,
    locked: false,
    deleteSelfEnabled: true,
    lastSignInAt: null,
    lastActiveAt: null,
    createdAt: now,
    updatedAt: now,
    ...input,
    // Derived from the address: after a reset a new user must not get the id, and with it the rows,
    // of an earlier user.
    id: `user_${instance.ids.text(`user ${emails[0]?.address ?? ''}`, 27)}`,
    emails,
    primaryEmailId: emails[0]?.id ?? null,
    phones,
    primaryPhoneId: phones[0]?.id ?? null
  })
  instance.notify('user.created', backendUserShape(user))
  return user
}

export function newEmail(
  instance: Instance,
  address: string,
  verification: Verification | null
): EmailRecord {
  return {
    id: `idn_${instance.ids.text('email', 27)}`,
    address,
    verification,
    createdAt: instance.now()
  }
}

export function newPhone(
  instance: Instance,
  number: string,
  verification: Verification | null
): PhoneRecord {
  return {
    id: `idn_${instance.ids.text('phone', 27)}`,
    number,
    verification,
    createdAt: instance.now()
  }
}

/** A used code is removed from the record. */
export const verified = (strategy: string): Verification => ({
  status: 'verified',
  strategy,
  attempts: 1,
  expireAt: null,
  code: null
})

export function saveUser(instance: Instance, user: UserRecord): UserRecord {
  user.updatedAt = instance.now()
  instance.records.users.put(user)
  instance.notify('user.updated', backendUserShape(user))
  return user
}

export function deleteUser(
  instance: Instance,
  user: UserRecord
): { object: string; id: string; deleted: true } {
  for (const session of instance.records.sessions.filter((s) => s.userId === user.id)) {
    endSession(instance, session, 'removed')
    instance.records.sessions.delete(session.id)
  }
  for (const membership of instance.records.memberships.filter((m) => m.userId === user.id))
    instance.records.memberships.delete(membership.id)
  instance.records.users.delete(user.id)
  const deleted = { object: 'user', id: user.id, deleted: true as const }
  instance.notify('user.deleted', {
    ...deleted,
    ...(user.externalId ? { external_id: user.externalId } : {})
  })
  return deleted
}

/** Finds the user who holds a verified or reserved address. */
export function findByEmail(instance: Instance, address: string): UserRecord | undefined {
  return instance.records.users.find((u) =>
    u.emails.some((e) => e.address === address && e.verification?.status === 'verified')
  )
}

/** Finds the user who verified a number; an unverified number belongs to no user. */
export function findByPhone(instance: Instance, number: string): UserRecord | undefined {
  return instance.records.users.find((u) =>
    u.phones.some((p) => p.number === number && p.verification?.status === 'verified')
  )
}

export function getUser(instance: Instance, id: string): UserRecord {
  const user = instance.records.users.get(id)
  if (!user) throw notFound('user')
  return user
}

type NewSession = {
  userAgent: string
  strategy: string | null
  secondFactor?: boolean
  /** Who impersonates the user, and for how long. */
  actor?: Metadata | null
  seconds?: number | undefined
}

/** Starts the client's session; single-session mode ends the earlier one. */
export function startSession(
  instance: Instance,
  client: ClientRecord,
  user: UserRecord,
  { userAgent, strategy, secondFactor = false, actor = null, seconds }: NewSession
): SessionRecord {
  if (user.banned) throw userBanned()
  for (const old of instance.records.sessions.filter(
    (s) => s.clientId === client.id && s.status === 'active'
  ))
    endSession(instance, old, 'replaced')
  const now = instance.now()
  const session = instance.records.sessions.put({
    id: `sess_${instance.ids.text('session', 27)}`,
    userId: user.id,
    clientId: client.id,
    status: 'active',
    userAgent,
    organizationId: activeOrganization(instance, user),
    actor,
    firstFactorAt: now,
    secondFactorAt: secondFactor ? now : null,
    reverification: null,
    lastActiveAt: now,
    expireAt: now + (seconds === undefined ? 7 * DAY : seconds * 1_000),
    abandonAt: now + 30 * DAY,
    createdAt: now,
    updatedAt: now
  })
  user.lastSignInAt = now
  user.lastActiveAt = now
  instance.records.users.put(user)
  Object.assign(client, {
    signInId: null,
    signUpId: null,
    lastStrategy: strategy ?? client.lastStrategy
  })
  touchClient(instance, client)
  instance.notify('session.created', backendSessionShape(instance, session))
  return session
}

/** The organization that the user chose last, unless they have left it. */
const activeOrganization = (instance: Instance, { id, organizationId }: UserRecord) =>
  organizationId && findMembership(instance, organizationId, id) ? organizationId : null

export function endSession(
  instance: Instance,
  session: SessionRecord,
  status: 'ended' | 'removed' | 'revoked' | 'replaced'
): SessionRecord {
  if (session.status !== 'active') return session
  session.status = status
  session.updatedAt = instance.now()
  instance.records.sessions.put(session)
  const client = instance.records.clients.get(session.clientId)
  if (client) touchClient(instance, client)
  instance.notify(
    status === 'replaced' ? 'session.ended' : `session.${status}`,
    backendSessionShape(instance, session)
  )
  return session
}

/**
 * Changes `__client_uat`, never to a later second than now, so that tokens issued next are not
 * older.
 */
function touchClient(instance: Instance, client: ClientRecord): void {
  client.updatedAt = Date.now()
  instance.records.clients.put(client)
}

export function createClient(instance: Instance): ClientRecord {
  const now = Date.now()
  const id = `client_${instance.ids.text('client', 27)}`
  return instance.records.clients.put({
    id,
    signInId: null,
    signUpId: null,
    lastStrategy: null,
    createdAt: now,
    updatedAt: now
  })
}
