/** Backend API: e-mail addresses of a user. */
import type { Context, Hono } from 'hono'
import {
  apiError,
  identifierTaken,
  invalidValue,
  missingParam,
  notFound
} from '@/sandbox/clerk/errors'
import { requireEmail } from '@/sandbox/clerk/factors/codes'
import { readParams, text } from '@/sandbox/clerk/frontend/caller'
import type { Instance } from '@/sandbox/clerk/instance'
import type { EmailRecord, UserRecord } from '@/sandbox/clerk/records'
import { emailShape } from '@/sandbox/clerk/user-shapes'
import { findByEmail, getUser, newEmail, saveUser, verified } from '@/sandbox/clerk/users'

export function addEmailAddresses(app: Hono, instance: Instance): void {
  app.post('/email_addresses', async (c) => {
    const params = await readParams(c)
    const userId = text(params, 'user_id')
    if (!userId) throw missingParam('user_id')
    const user = getUser(instance, userId)
    const address = requireFree(instance, user, text(params, 'email_address'))
    const email = newEmail(instance, address, params.verified === true ? verified('admin') : null)
    user.emails.push(email)
    if (params.primary === true) makePrimary(user, email)
    saveUser(instance, user)
    return c.json(emailShape(email))
  })
  app.get('/email_addresses/:id', (c) => c.json(emailShape(owned(c, instance).email)))
  app.patch('/email_addresses/:id', async (c) => {
    const { user, email } = owned(c, instance)
    const params = await readParams(c)
    if (params.verified === true && email.verification?.status !== 'verified') {
      if (findByEmail(instance, email.address)) throw identifierTaken()
      email.verification = verified('admin')
    } else if (params.verified === false && email.id !== user.primaryEmailId)
      email.verification = null
    if (params.primary === true) makePrimary(user, email)
    saveUser(instance, user)
    return c.json(emailShape(email))
  })
  app.delete('/email_addresses/:id', (c) => {
    const { user, email } = owned(c, instance)
    requireAnother(user, email)
    user.emails = user.emails.filter((e) => e !== email)
    if (user.primaryEmailId === email.id) user.primaryEmailId = firstVerified(user)
    saveUser(instance, user)
    return c.json({ object: 'email_address', id: email.id, deleted: true })
  })
  app.put('/users/:id/email_address', async (c) => {
    const user = getUser(instance, c.req.param('id'))
    const params = await readParams(c)
    const address = requireFree(instance, undefined, text(params, 'email_address'), user.id)
    const status = text(params, 'identification_status') ?? 'verified'
    if (!['verified', 'reserved', 'unverified'].includes(status))
      throw invalidValue('identification_status')
    const email = newEmail(instance, address, status === 'verified' ? verified('admin') : null)
    saveUser(instance, Object.assign(user, { emails: [email], primaryEmailId: email.id }))
    return c.json(emailShape(email))
  })
}

function owned(c: Context, instance: Instance): { user: UserRecord; email: EmailRecord } {
  const id = c.req.param('id')
  const user = instance.records.users.find((u) => u.emails.some((e) => e.id === id))
  const email = user?.emails.find((e) => e.id === id)
  if (!user || !email) throw notFound('email address')
  return { user, email }
}

/** A valid address that neither this user nor, verified, another one has. */
function requireFree(
  instance: Instance,
  user: UserRecord | undefined,
  given: string | undefined,
  ownId?: string
): string {
  const address = requireEmail(given ?? '')
  const holder = findByEmail(instance, address)
  if ((holder && holder.id !== ownId) || user?.emails.some((e) => e.address === address))
    throw identifierTaken()
  return address
}

function makePrimary(user: UserRecord, email: EmailRecord): void {
  if (email.verification?.status !== 'verified') throw invalidValue('primary')
  user.primaryEmailId = email.id
}

/** The instance requires an address, so the last verified one stays. */
function requireAnother(user: UserRecord, email: EmailRecord): void {
  const others = user.emails.filter((e) => e !== email && e.verification?.status === 'verified')
  if (email.verification?.status === 'verified' && others.length === 0)
    throw apiError(
      400,
      'last_required_identification_deletion_failed',
      'Deletion failed',
      'You cannot delete the last verified email address.'
    )
}

const firstVerified = (user: UserRecord): string | null =>
  user.emails.find((e) => e.verification?.status === 'verified')?.id ?? null
