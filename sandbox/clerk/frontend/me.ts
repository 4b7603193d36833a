/**
 * Profile changes of the signed-in user: names, password, e-mail addresses, other sessions, account
 * deletion.
 */
import type { Hono } from 'hono'
import {
  apiError,
  identifierTaken,
  invalidValue,
  missingParam,
  notFound
} from '@/sandbox/clerk/errors'
import { attemptCode, requireEmail, sendCode } from '@/sandbox/clerk/factors/codes'
import {
  hashPassword,
  passwordIncorrect,
  passwordMatches,
  requireValidPassword
} from '@/sandbox/clerk/factors/passwords'
import {
  metadata,
  type Params,
  passwordParam,
  requireSession,
  respondWithClient,
  route,
  text
} from '@/sandbox/clerk/frontend/caller'
import { requireReverification } from '@/sandbox/clerk/frontend/reverification'
import type { Instance } from '@/sandbox/clerk/instance'
import { browserUserShape } from '@/sandbox/clerk/organizations/shapes'
import { readPicture } from '@/sandbox/clerk/pictures'
import type { EmailRecord, SessionRecord, UserRecord } from '@/sandbox/clerk/records'
import { activityOf, backendSessionShape, isLive } from '@/sandbox/clerk/resources'
import { emailShape } from '@/sandbox/clerk/user-shapes'
import { deleteUser, endSession, findByEmail, newEmail, saveUser } from '@/sandbox/clerk/users'

export function addMe(app: Hono, instance: Instance): void {
  route(app, instance, 'GET', '/v1/me', (c, caller) =>
    respondWithClient(
      c,
      instance,
      caller,
      browserUserShape(instance, requireSession(c, instance, caller).user)
    )
  )
  route(app, instance, 'PATCH', '/v1/me', (c, caller, params) => {
    const { user } = requireSession(c, instance, caller)
    updateProfile(user, params)
    return respondWithClient(
      c,
      instance,
      caller,
      browserUserShape(instance, saveUser(instance, user))
    )
  })
  route(app, instance, 'DELETE', '/v1/me', (c, caller) => {
    const { user, session } = requireSession(c, instance, caller)
    requireReverification(instance, session)
    if (!user.deleteSelfEnabled)
      throw apiError(
        403,
        'user_delete_self_not_enabled',
        'Not allowed',
        'Deleting your own account is not allowed.'
      )
    return respondWithClient(c, instance, caller, deleteUser(instance, user))
  })
  route(app, instance, 'POST', '/v1/me/change_password', (c, caller, params) => {
    const { user, session } = requireSession(c, instance, caller)
    requireReverification(instance, session)
    changePassword(instance, user, session, params)
    return respondWithClient(c, instance, caller, browserUserShape(instance, user))
  })
  addPicture(app, instance)
  addOwnSessions(app, instance)
  addEmailAddresses(app, instance)
  addEmailVerification(app, instance)
}

function addPicture(app: Hono, instance: Instance): void {
  route(app, instance, 'POST', '/v1/me/profile_image', async (c, caller, params) => {
    const { user } = requireSession(c, instance, caller)
    saveUser(instance, Object.assign(user, { image: await readPicture(params) }))
    return respondWithClient(c, instance, caller, {
      object: 'image',
      id: `img_${user.id.slice(5)}`,
      name: 'profile image',
      public_url: user.image
    })
  })
  route(app, instance, 'DELETE', '/v1/me/profile_image', (c, caller) => {
    const { image: _, ...user } = requireSession(c, instance, caller).user
    saveUser(instance, user)
    return respondWithClient(c, instance, caller, {
      object: 'image',
      id: `img_${user.id.slice(5)}`,
      deleted: true
    })
  })
}

function addOwnSessions(app: Hono, instance: Instance): void {
  route(app, instance, 'GET', '/v1/me/sessions/active', (c, caller) => {
    const { user } = requireSession(c, instance, caller)
    const live = instance.records.sessions.filter(
      (s) => s.userId === user.id && isLive(instance, s)
    )
    return c.json(
      live.map((s) => ({
        ...backendSessionShape(instance, s),
        user: null,
        latest_activity: activityOf(s)
      })) as never
    )
  })
  route(app, instance, 'POST', '/v1/me/sessions/:id/revoke', (c, caller) => {
    const { user } = requireSession(c, instance, caller)
    const session = instance.records.sessions.get(c.req.param('id') ?? '')
    if (session?.userId !== user.id) throw notFound('session')
    endSession(instance, session, 'revoked')
    return respondWithClient(c, instance, caller, {
      ...backendSessionShape(instance, session),
      user: null,
      latest_activity: activityOf(session)
    })
  })
}

const EMAIL_ADDRESSES = '/v1/me/email_addresses'

function addEmailAddresses(app: Hono, instance: Instance): void {
  route(app, instance, 'POST', EMAIL_ADDRESSES, (c, caller, params) => {
    const { user, session } = requireSession(c, instance, caller)
    requireReverification(instance, session)
    const address = requireEmail(text(params, 'email_address') ?? '')
    if (findByEmail(instance, address) || user.emails.some((e) => e.address === address))
      throw identifierTaken()
    const email = newEmail(instance, address, null)
    user.emails.push(email)
    saveUser(instance, user)
    return respondWithClient(c, instance, caller, emailShape(email))
  })
  route(app, instance, 'GET', `${EMAIL_ADDRESSES}/:id`, (c, caller) =>
    respondWithClient(
      c,
      instance,
      caller,
      emailShape(ownEmail(requireSession(c, instance, caller).user, c.req.param('id')))
    )
  )
  route(app, instance, 'DELETE', `${EMAIL_ADDRESSES}/:id`, (c, caller) => {
    const { user } = requireSession(c, instance, caller)
    const email = ownEmail(user, c.req.param('id'))
    if (email.id === user.primaryEmailId)
      throw apiError(
        400,
        'last_required_identification_deletion_failed',
        'Deletion failed',
        'You cannot delete your primary email address.'
      )
    user.emails = user.emails.filter((e) => e !== email)
    saveUser(instance, user)
    return respondWithClient(c, instance, caller, {
      object: 'email_address',
      id: email.id,
      deleted: true
    })
  })
}

function addEmailVerification(app: Hono, instance: Instance): void {
  route(
    app,
    instance,
    'POST',
    `${EMAIL_ADDRESSES}/:id/prepare_verification`,
    (c, caller, params) => {
      const { user } = requireSession(c, instance, caller)
      const email = ownEmail(user, c.req.param('id'))
      if (text(params, 'strategy') !== 'email_code') throw invalidValue('strategy')
      if (email.verification?.status === 'verified')
        throw apiError(
          400,
          'verification_already_verified',
          'This verification has already been verified.'
        )
      email.verification = sendCode(instance, email.address, 'verify_email', 'email_code')
      instance.records.users.put(user)
      return respondWithClient(c, instance, caller, emailShape(email))
    }
  )
  route(
    app,
    instance,
    'POST',
    `${EMAIL_ADDRESSES}/:id/attempt_verification`,
    (c, caller, params) => {
      const { user } = requireSession(c, instance, caller)
      const email = ownEmail(user, c.req.param('id'))
      attemptCode(instance, email.verification, text(params, 'code'), () =>
        instance.records.users.put(user)
      )
      saveUser(instance, user)
      return respondWithClient(c, instance, caller, emailShape(email))
    }
  )
}

function updateProfile(user: UserRecord, params: Params): void {
  if ('first_name' in params) user.firstName = text(params, 'first_name') ?? null
  if ('last_name' in params) user.lastName = text(params, 'last_name') ?? null
  user.unsafeMetadata = metadata(params, 'unsafe_metadata') ?? user.unsafeMetadata
  const primary = text(params, 'primary_email_address_id')
  if (!primary) return
  if (ownEmail(user, primary).verification?.status !== 'verified')
    throw invalidValue('primary_email_address_id')
  user.primaryEmailId = primary
}

function changePassword(
  instance: Instance,
  user: UserRecord,
  session: SessionRecord,
  params: Params
): void {
  const next = passwordParam(params, 'new_password')
  if (!next) throw missingParam('new_password')
  if (
    user.passwordHash &&
    !passwordMatches(user.passwordHash, passwordParam(params, 'current_password') ?? '')
  )
    throw passwordIncorrect('current_password')
  requireValidPassword(next, 'new_password')
  Object.assign(user, {
    passwordHash: hashPassword(next),
    passwordUpdatedAt: instance.now(),
    passwordCompromised: false
  })
  saveUser(instance, user)
  if (params.sign_out_of_other_sessions !== 'true' && params.sign_out_of_other_sessions !== true)
    return
  for (const other of instance.records.sessions.filter(
    (s) => s.userId === user.id && s.id !== session.id
  ))
    endSession(instance, other, 'revoked')
}

function ownEmail(user: UserRecord, id: string | undefined): EmailRecord {
  const email = user.emails.find((e) => e.id === id)
  if (!email) throw notFound('email address')
  return email
}
