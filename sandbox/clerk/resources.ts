/** The vendor's JSON shapes of clients, sessions, sign-ups and sign-ins. */
import {
  deviceFactors,
  firstFactors,
  hasTotp,
  resetFactors,
  secondFactors
} from '@/sandbox/clerk/factors/factors'
import type { Instance } from '@/sandbox/clerk/instance'
import { findMembership } from '@/sandbox/clerk/organizations/memberships'
import { browserUserShape } from '@/sandbox/clerk/organizations/shapes'
import type {
  ClientRecord,
  SessionRecord,
  SignInRecord,
  SignUpRecord,
  UserRecord
} from '@/sandbox/clerk/records'
import { avatarOf, publicUserData, verificationShape } from '@/sandbox/clerk/user-shapes'

/** Status by the emulator's clock: an active session past its end reads as expired. */
export function sessionStatus(instance: Instance, session: SessionRecord): string {
  if (session.status !== 'active') return session.status
  if (session.abandonAt <= instance.now()) return 'abandoned'
  return session.expireAt <= instance.now() ? 'expired' : 'active'
}

export function isLive(instance: Instance, session: SessionRecord): boolean {
  const user = instance.records.users.get(session.userId)
  return user !== undefined && !user.banned && sessionStatus(instance, session) === 'active'
}

export const backendSessionShape = (instance: Instance, session: SessionRecord) => ({
  object: 'session',
  id: session.id,
  client_id: session.clientId,
  user_id: session.userId,
  status: sessionStatus(instance, session),
  actor: session.actor,
  last_active_organization_id: session.organizationId,
  last_active_at: session.lastActiveAt,
  expire_at: session.expireAt,
  abandon_at: session.abandonAt,
  created_at: session.createdAt,
  updated_at: session.updatedAt
})

/** Browser and device of a session, from its user agent. */
export function activityOf(session: SessionRecord): object {
  const browser = /(Firefox|Edg|Chrome|Safari)\/(\d+)/.exec(session.userAgent)
  return {
    object: 'session_activity',
    id: `sess_activity_${session.id.slice(5)}`,
    browser_name: browser?.[1] ?? '',
    browser_version: browser?.[2] ?? '',
    device_type: /Macintosh|Windows|Linux/.exec(session.userAgent)?.[0] ?? '',
    ip_address: '127.0.0.1',
    city: '',
    country: '',
    is_mobile: /Mobile/.test(session.userAgent)
  }
}

/** Whole minutes since each factor was verified in this session; -1 = never. */
export function factorAges(
  instance: Instance,
  session: SessionRecord
): [first: number, second: number] {
  const age = (at: number | null) =>
    at === null ? -1 : Math.max(0, Math.floor((instance.now() - at) / 60_000))
  return [age(session.firstFactorAt), age(session.secondFactorAt)]
}

/** @param organizationId the session's unless another one of the user's is asked for; null: none. */
export const sessionToken = (
  instance: Instance,
  session: SessionRecord,
  azp: string | undefined,
  { lifetime, organizationId }: { lifetime?: number; organizationId?: string | null } = {}
): string =>
  instance.signer.sessionToken(session, {
    ages: factorAges(instance, session),
    azp,
    lifetime,
    organization: organizationClaim(
      instance,
      session.userId,
      organizationId === undefined ? session.organizationId : organizationId
    )
  })

/** Without the prefix of the role. System permissions are not part of a token. */
function organizationClaim(instance: Instance, userId: string, organizationId: string | null) {
  const membership = organizationId && findMembership(instance, organizationId, userId)
  const organization = membership && instance.records.organizations.get(membership.organizationId)
  if (!organization) return undefined
  return {
    id: organization.id,
    rol: membership.role.replace(/^org:/, ''),
    slg: organization.slug
  }
}

/** The session as the browser sees it, with a new token that clerk-js caches. */
export function sessionShape(instance: Instance, session: SessionRecord, azp: string | undefined) {
  const user = instance.records.users.get(session.userId)
  const { client_id: _client, user_id: _user, ...common } = backendSessionShape(instance, session)
  return {
    ...common,
    tasks: null,
    factor_verification_age: factorAges(instance, session),
    user: user ? browserUserShape(instance, user) : null,
    public_user_data: user ? publicUserData(user) : null,
    last_active_token: isLive(instance, session)
      ? { object: 'token', jwt: sessionToken(instance, session, azp) }
      : null
  }
}

export function clientShape(instance: Instance, client: ClientRecord, azp: string | undefined) {
  const sessions = instance.records.sessions
    .filter((s) => s.clientId === client.id && isLive(instance, s))
    .sort((a, b) => b.lastActiveAt - a.lastActiveAt)
  const signUp = client.signUpId ? instance.records.signUps.get(client.signUpId) : undefined
  const signIn = client.signInId ? instance.records.signIns.get(client.signInId) : undefined
  return {
    object: 'client',
    id: client.id,
    sessions: sessions.map((s) => sessionShape(instance, s, azp)),
    sign_in: signIn ? signInShape(instance, signIn) : null,
    sign_up: signUp ? signUpShape(signUp) : null,
    last_active_session_id: sessions[0]?.id ?? null,
    last_authentication_strategy: client.lastStrategy,
    captcha_bypass: false,
    cookie_expires_at: null,
    created_at: client.createdAt,
    updated_at: client.updatedAt
  }
}

/** Fields of sign-up features that the emulator does not have. */
const UNUSED_SIGN_UP_FIELDS = {
  username: null,
  phone_number: null,
  web3_wallet: null,
  public_metadata: {},
  external_account_strategy: null,
  external_account: null,
  legal_accepted_at: null,
  timezone: null
}

/**
 * Status and strategy stay null until a code is sent; otherwise the form assumes that one was.
 */
const emailVerificationShape = (v: SignUpRecord['verification']) => ({
  object: 'verification',
  status: v?.status ?? null,
  strategy: v?.strategy ?? null,
  attempts: v?.attempts ?? null,
  expire_at: v?.expireAt ?? null,
  next_action: v?.status === 'verified' ? '' : v ? 'needs_attempt' : 'needs_prepare',
  supported_strategies: ['email_code']
})

export function signUpShape(signUp: SignUpRecord) {
  const complete = signUp.createdUserId !== null
  const missing = [
    ...(signUp.email ? [] : ['email_address']),
    ...(signUp.passwordHash ? [] : ['password'])
  ]
  const unverified =
    signUp.email && signUp.verification?.status !== 'verified' ? ['email_address'] : []
  return {
    ...UNUSED_SIGN_UP_FIELDS,
    object: 'sign_up',
    id: signUp.id,
    status: complete ? 'complete' : 'missing_requirements',
    required_fields: ['email_address', 'password'],
    optional_fields: ['first_name', 'last_name'],
    missing_fields: missing,
    unverified_fields: unverified,
    verifications: {
      email_address: emailVerificationShape(signUp.verification),
      phone_number: null,
      web3_wallet: null,
      external_account: null
    },
    email_address: signUp.email,
    // clerk-js reads the first name, recorded answers have the second.
    has_password: signUp.passwordHash !== null,
    password_enabled: signUp.passwordHash !== null,
    first_name: signUp.firstName,
    last_name: signUp.lastName,
    unsafe_metadata: signUp.unsafeMetadata,
    created_session_id: signUp.createdSessionId,
    created_user_id: signUp.createdUserId,
    abandon_at: signUp.abandonAt,
    external_id: signUp.externalId ?? null,
    custom_action: signUp.customAction ?? false,
    locale: signUp.locale
  }
}

function secondFactorsFor(user: UserRecord, { status }: SignInRecord): object[] | null {
  if (status === 'needs_client_trust') return deviceFactors(user)
  return hasTotp(user) ? secondFactors(user) : null
}

export function signInShape(instance: Instance, signIn: SignInRecord) {
  const user = signIn.userId ? instance.records.users.get(signIn.userId) : undefined
  return {
    object: 'sign_in',
    id: signIn.id,
    status: signIn.status,
    supported_identifiers: ['email_address'],
    identifier: signIn.identifier,
    user_data: user
      ? {
          first_name: user.firstName,
          last_name: user.lastName,
          image_url: avatarOf(user),
          has_image: user.image !== undefined
        }
      : null,
    supported_first_factors: user ? [...firstFactors(user), ...resetFactors(user)] : [],
    supported_second_factors: user ? secondFactorsFor(user, signIn) : null,
    first_factor_verification: verificationShape(signIn.verification),
    second_factor_verification: verificationShape(signIn.secondVerification),
    created_session_id: signIn.createdSessionId,
    abandon_at: signIn.abandonAt,
    locale: null,
    timezone: null
  }
}
