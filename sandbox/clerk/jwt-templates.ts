/** JWT templates: custom tokens of a session, whose claims may name fields of the user. */
import type { JwtTemplateRecord } from '@/sandbox/clerk/backend/records'
import { notFound } from '@/sandbox/clerk/errors'
import type { Instance } from '@/sandbox/clerk/instance'
import { findMembership } from '@/sandbox/clerk/organizations/memberships'
import type { SessionRecord, UserRecord } from '@/sandbox/clerk/records'
import { avatarOf, primaryAddress } from '@/sandbox/clerk/user-shapes'

/** A token of the named template. @throws ClerkApiError 404 */
export function templateToken(
  instance: Instance,
  session: SessionRecord,
  name: string,
  azp: string | undefined
): string {
  const template = instance.records.jwtTemplates.find((t) => t.name === name)
  const user = instance.records.users.get(session.userId)
  if (!template || !user) throw notFound('JWT template')
  const values = valuesFor(instance, session, user)
  return instance.signer.templateToken(template, {
    ...(azp ? { azp } : {}),
    sub: user.id,
    ...(fill(template.claims, values) as JwtTemplateRecord['claims'])
  })
}

function valuesFor(instance: Instance, session: SessionRecord, user: UserRecord) {
  const phone = user.phones.find((p) => p.id === user.primaryPhoneId)
  const membership =
    session.organizationId && findMembership(instance, session.organizationId, user.id)
  const organization = membership && instance.records.organizations.get(membership.organizationId)
  return {
    user: {
      id: user.id,
      external_id: user.externalId,
      first_name: user.firstName,
      last_name: user.lastName,
      full_name: [user.firstName, user.lastName].filter(Boolean).join(' '),
      primary_email_address: primaryAddress(user),
      primary_phone_number: phone?.number ?? null,
      email_verified: user.emails.some((e) => e.verification?.status === 'verified'),
      image_url: avatarOf(user),
      public_metadata: user.publicMetadata,
      unsafe_metadata: user.unsafeMetadata,
      created_at: user.createdAt,
      updated_at: user.updatedAt,
      last_sign_in_at: user.lastSignInAt
    },
    org: {
      id: organization ? organization.id : null,
      name: organization ? organization.name : null,
      slug: organization ? organization.slug : null,
      role: membership ? membership.role : null,
      public_metadata: organization ? organization.publicMetadata : {}
    },
    session: { id: session.id, actor: session.actor }
  }
}

const SHORTCODE = /\{\{\s*([\w.]+)\s*\}\}/g

/** A value that is one shortcode keeps its type; inside a longer text it becomes text. */
function fill(value: unknown, values: object): unknown {
  if (Array.isArray(value)) return value.map((item) => fill(item, values))
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, fill(v, values)]))
  if (typeof value !== 'string') return value
  const [whole, path = ''] = new RegExp(SHORTCODE.source).exec(value) ?? []
  if (whole === value) return lookUp(path, values)
  return value.replace(SHORTCODE, (_, inner: string) => String(lookUp(inner, values) ?? ''))
}

const lookUp = (path: string, values: object): unknown =>
  path
    .split('.')
    .reduce<unknown>(
      (value, key) =>
        typeof value === 'object' && value !== null && Object.hasOwn(value, key)
          ? (value as Record<string, unknown>)[key]
          : null,
      values
    )
