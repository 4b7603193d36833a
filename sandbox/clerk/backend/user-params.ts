/**
 * Reads the user fields of the Backend API; an unknown field is refused, as by the hosted service.
 */

import {
  apiError,
  identifierTaken,
  invalidValue,
  phoneTaken,
  unknownParam
} from '@/sandbox/clerk/errors'
import { requireEmail, requirePhone } from '@/sandbox/clerk/factors/codes'
import { hashPassword, requireValidPassword } from '@/sandbox/clerk/factors/passwords'
import { metadata, type Params, passwordParam, text } from '@/sandbox/clerk/frontend/caller'
import type { Instance } from '@/sandbox/clerk/instance'
import type { Metadata, UserRecord } from '@/sandbox/clerk/records'
import { createUser, findByEmail, findByPhone, verified } from '@/sandbox/clerk/users'

const SHARED = [
  'external_id',
  'first_name',
  'last_name',
  'password',
  'skip_password_checks',
  'public_metadata',
  'private_metadata',
  'unsafe_metadata',
  'created_at',
  'locale'
]
const CREATE = new Set([
  ...SHARED,
  'email_address',
  'phone_number',
  'skip_password_requirement',
  'skip_legal_checks',
  'legal_accepted_at'
])
const UPDATE = new Set([
  ...SHARED,
  'primary_email_address_id',
  'notify_primary_email_address_changed',
  'sign_out_of_other_sessions',
  'delete_self_enabled',
  'create_organization_enabled',
  'create_organizations_limit'
])
const METADATA = {
  public_metadata: 'publicMetadata',
  private_metadata: 'privateMetadata',
  unsafe_metadata: 'unsafeMetadata'
} as const

export function createFromParams(instance: Instance, params: Params): UserRecord {
  refuseUnknown(params, CREATE)
  const emails = listOf(params.email_address).map((e) => requireEmail(e))
  const phones = listOf(params.phone_number).map((p) => requirePhone(p))
  const password = passwordParam(params, 'password')
  if (emails.length === 0) throw missingData('email_address')
  if (!password && params.skip_password_requirement !== true) throw missingData('password')
  if (emails.some((e) => findByEmail(instance, e))) throw identifierTaken()
  if (phones.some((p) => findByPhone(instance, p))) throw phoneTaken()
  const record = blankFields(params)
  if (password) record.passwordHash = checkedHash(params, password)
  requireFreeExternalId(instance, record.externalId ?? null)
  return createUser(instance, {
    ...record,
    ...createdAt(params),
    emails: emails.map((address) => ({ address, verification: verified('admin') })),
    phones: phones.map((number) => ({ number, verification: verified('admin') }))
  })
}

export function updateFromParams(instance: Instance, user: UserRecord, params: Params): UserRecord {
  refuseUnknown(params, UPDATE)
  const changed = { ...user, ...blankFields(params) }
  const password = passwordParam(params, 'password')
  if (password)
    Object.assign(changed, {
      passwordHash: checkedHash(params, password),
      passwordUpdatedAt: instance.now(),
      passwordCompromised: false
    })
  const primary = text(params, 'primary_email_address_id')
  if (primary) {
    if (!user.emails.some((e) => e.id === primary && e.verification?.status === 'verified'))
      throw invalidValue('primary_email_address_id')
    changed.primaryEmailId = primary
  }
  if (typeof params.delete_self_enabled === 'boolean')
    changed.deleteSelfEnabled = params.delete_self_enabled
  if (typeof params.create_organization_enabled === 'boolean')
    changed.createOrganizationEnabled = params.create_organization_enabled
  if ('create_organizations_limit' in params)
    changed.createOrganizationsLimit = Number(params.create_organizations_limit) || null
  requireFreeExternalId(instance, changed.externalId, user.id)
  return changed
}

/** The metadata fields of a request. */
export function readMetadata(
  params: Params
): [field: 'publicMetadata' | 'privateMetadata' | 'unsafeMetadata', value: Metadata][] {
  refuseUnknown(params, new Set(Object.keys(METADATA)))
  return (Object.keys(METADATA) as (keyof typeof METADATA)[]).flatMap((key) => {
    const value = metadata(params, key)
    return value ? [[METADATA[key], value] as const] : []
  }) as ['publicMetadata', Metadata][]
}

/** Merges nested objects; null removes a key. */
export function mergeDeep(old: Metadata, given: Metadata): Metadata {
  const merged = new Map(Object.entries(old))
  for (const [key, value] of Object.entries(given)) {
    const before = merged.get(key)
    if (value === null) merged.delete(key)
    else merged.set(key, isObject(value) && isObject(before) ? mergeDeep(before, value) : value)
  }
  return Object.fromEntries(merged)
}

const listOf = (given: unknown): string[] =>
  (Array.isArray(given) ? given : given === undefined ? [] : [given]).map(String)

const isObject = (value: unknown): value is Metadata =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function blankFields(params: Params): Partial<UserRecord> {
  const fields: Partial<UserRecord> = {}
  if ('first_name' in params) fields.firstName = text(params, 'first_name') ?? null
  if ('last_name' in params) fields.lastName = text(params, 'last_name') ?? null
  if ('external_id' in params) fields.externalId = text(params, 'external_id') ?? null
  for (const key of Object.keys(METADATA) as (keyof typeof METADATA)[]) {
    const value = metadata(params, key)
    if (value) fields[METADATA[key]] = value
  }
  return fields
}

function checkedHash(params: Params, password: string): string {
  if (params.skip_password_checks !== true) requireValidPassword(password)
  return hashPassword(password)
}

function createdAt(params: Params): { createdAt?: number } {
  const given = params.created_at
  if (given === undefined) return {}
  const time = Date.parse(String(given))
  if (Number.isNaN(time)) throw invalidValue('created_at')
  return { createdAt: time }
}

function requireFreeExternalId(instance: Instance, externalId: string | null, own?: string): void {
  if (externalId && instance.records.users.find((u) => u.externalId === externalId && u.id !== own))
    throw apiError(
      422,
      'form_identifier_exists',
      'That external id is taken.',
      undefined,
      'external_id'
    )
}

function refuseUnknown(params: Params, known: Set<string>): void {
  const unknown = Object.keys(params).find((key) => !known.has(key))
  if (unknown) throw unknownParam(unknown)
}

const missingData = (param: string) =>
  apiError(
    422,
    'form_data_missing',
    'missing data',
    `["${param}"] data doesn't match user requirements set for this instance`,
    param
  )
