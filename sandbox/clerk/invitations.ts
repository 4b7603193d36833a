/** Invitations of an address to sign up. */
import { randomBytes } from 'node:crypto'
import type { InvitationRecord } from '@/sandbox/clerk/backend/records'
import { apiError, identifierTaken, invalidValue } from '@/sandbox/clerk/errors'
import { requireEmail } from '@/sandbox/clerk/factors/codes'
import type { Instance } from '@/sandbox/clerk/instance'
import type { Metadata } from '@/sandbox/clerk/records'
import { findByEmail } from '@/sandbox/clerk/users'

const DAY = 24 * 3_600_000
const DEFAULT_DAYS = 30

export type NewInvitation = {
  address: string
  publicMetadata?: Metadata | undefined
  redirectUrl: string | null
  days?: unknown
  ignoreExisting: boolean
}

export function checkInvitation(instance: Instance, input: NewInvitation): void {
  const address = requireEmail(input.address)
  if (input.days !== undefined && input.days !== null) requireDays(input.days)
  if (findByEmail(instance, address)) throw identifierTaken()
  const pending = instance.records.invitations.find(
    (i) => i.address === address && invitationStatus(instance, i) === 'pending'
  )
  if (pending && !input.ignoreExisting)
    throw apiError(
      400,
      'duplicate_record',
      'duplicate invitation',
      'There are already pending invitations for the given email address.',
      'email_address'
    )
}

export function createInvitation(instance: Instance, input: NewInvitation): InvitationRecord {
  checkInvitation(instance, input)
  const now = instance.now()
  return instance.records.invitations.put({
    id: `inv_${instance.ids.text('invitation', 27)}`,
    address: requireEmail(input.address),
    token: randomBytes(32).toString('base64url'),
    status: 'pending',
    publicMetadata: input.publicMetadata ?? {},
    redirectUrl: input.redirectUrl,
    expireAt: now + Number(input.days ?? DEFAULT_DAYS) * DAY,
    createdAt: now,
    updatedAt: now
  })
}

/** @throws ClerkApiError 422 */
export function requireDays(days: unknown): number {
  if (!Number.isInteger(days) || Number(days) < 1 || Number(days) > 365)
    throw invalidValue('expires_in_days')
  return Number(days)
}

export const invitationStatus = (instance: Instance, { status, expireAt }: InvitationRecord) =>
  status === 'pending' && expireAt !== null && expireAt <= instance.now() ? 'expired' : status
