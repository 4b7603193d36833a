/**
 * The vendor's JSON shapes of users. The browser's user never contains private metadata; the
 * Backend API's does.
 */
import { hasTotp } from '@/sandbox/clerk/factors/factors'
import type { EmailRecord, PhoneRecord, UserRecord, Verification } from '@/sandbox/clerk/records'

export const verificationShape = (v: Verification | null) =>
  v && {
    object: 'verification',
    status: v.status,
    strategy: v.strategy,
    ...(v.strategy === 'phone_code' ? { channel: 'sms' } : {}),
    attempts: v.attempts,
    expire_at: v.expireAt
  }

export const emailShape = (email: EmailRecord) => ({
  id: email.id,
  object: 'email_address',
  email_address: email.address,
  reserved: false,
  verification: verificationShape(email.verification),
  linked_to: [],
  matches_sso_connection: false,
  created_at: email.createdAt,
  updated_at: email.createdAt
})

export const phoneShape = (phone: PhoneRecord) => ({
  id: phone.id,
  object: 'phone_number',
  phone_number: phone.number,
  reserved_for_second_factor: false,
  default_second_factor: false,
  reserved: false,
  verification: verificationShape(phone.verification),
  linked_to: [],
  backup_codes: null,
  created_at: phone.createdAt,
  updated_at: phone.createdAt
})

export const primaryAddress = (user: UserRecord) =>
  user.emails.find((e) => e.id === user.primaryEmailId)?.address ?? ''

/**
 * Initials as a data URI: the hosted service draws them on its image host, and an empty URL shows a
 * broken image.
 */
export function avatarOf(user: UserRecord): string {
  if (user.image) return user.image
  const initials =
    [user.firstName, user.lastName].map((name) => name?.[0] ?? '').join('') ||
    (primaryAddress(user)[0] ?? '')
  return drawInitials(initials)
}

export function drawInitials(initials: string): string {
  const letters = initials.toUpperCase().replace(/[^\p{L}\p{N}]/gu, '')
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"><rect width="64" height="64" fill="#34506b"/><text x="32" y="42" font-family="sans-serif" font-size="28" text-anchor="middle" fill="#fff">${letters}</text></svg>`
  return `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`
}

/** Fields of features that the emulator does not have. */
const UNUSED_USER_FIELDS = {
  username: null,
  locale: null,
  profile_image_id: '',
  primary_web3_wallet_id: null,
  web3_wallets: [],
  passkeys: [],
  external_accounts: [],
  enterprise_accounts: [],
  saml_accounts: [],
  organization_memberships: [],
  legal_accepted_at: null,
  deprovisioned: false,
  lockout_expires_in_seconds: null,
  verification_attempts_remaining: 100,
  mfa_disabled_at: null,
  bypass_client_trust: false,
  timezone: null
}

/** The user as the signed-in browser sees it. */
export const userShape = (user: UserRecord) => ({
  ...UNUSED_USER_FIELDS,
  id: user.id,
  object: 'user',
  external_id: user.externalId,
  first_name: user.firstName,
  last_name: user.lastName,
  image_url: avatarOf(user),
  has_image: user.image !== undefined,
  profile_image_url: avatarOf(user),
  create_organization_enabled: user.createOrganizationEnabled ?? true,
  create_organizations_limit: user.createOrganizationsLimit ?? null,
  primary_email_address_id: user.primaryEmailId,
  primary_phone_number_id: user.primaryPhoneId,
  password_enabled: user.passwordHash !== null,
  password_last_updated_at: user.passwordHash ? (user.passwordUpdatedAt ?? user.createdAt) : null,
  two_factor_enabled: hasTotp(user),
  totp_enabled: hasTotp(user),
  backup_code_enabled: user.backupCodes.length > 0,
  email_addresses: user.emails.map(emailShape),
  phone_numbers: user.phones.map(phoneShape),
  public_metadata: user.publicMetadata,
  unsafe_metadata: user.unsafeMetadata,
  last_sign_in_at: user.lastSignInAt,
  delete_self_enabled: user.deleteSelfEnabled,
  banned: user.banned,
  locked: user.locked,
  mfa_enabled_at: hasTotp(user) ? (user.totp?.updatedAt ?? null) : null,
  last_active_at: user.lastActiveAt,
  created_at: user.createdAt,
  updated_at: user.updatedAt
})

/** The user as the Backend API and webhooks send it. */
export const backendUserShape = (user: UserRecord) => ({
  ...userShape(user),
  private_metadata: user.privateMetadata
})

export const publicUserData = (user: UserRecord) => ({
  first_name: user.firstName,
  last_name: user.lastName,
  image_url: avatarOf(user),
  has_image: user.image !== undefined,
  identifier: primaryAddress(user),
  username: null,
  profile_image_url: avatarOf(user),
  user_id: user.id
})
