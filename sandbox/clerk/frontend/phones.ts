/** The user's phone numbers: add, verify by a code, make primary, remove. */
import type { Hono } from 'hono'
import { apiError, invalidValue, notFound, phoneTaken } from '@/sandbox/clerk/errors'
import { attemptCode, requirePhone, sendCode } from '@/sandbox/clerk/factors/codes'
import { requireSession, respondWithClient, route, text } from '@/sandbox/clerk/frontend/caller'
import { requireReverification } from '@/sandbox/clerk/frontend/reverification'
import type { Instance } from '@/sandbox/clerk/instance'
import type { PhoneRecord, UserRecord } from '@/sandbox/clerk/records'
import { phoneShape } from '@/sandbox/clerk/user-shapes'
import { findByPhone, newPhone, saveUser } from '@/sandbox/clerk/users'

const PHONE_NUMBERS = '/v1/me/phone_numbers'

export function addPhones(app: Hono, instance: Instance): void {
  route(app, instance, 'POST', PHONE_NUMBERS, (c, caller, params) => {
    const { user, session } = requireSession(c, instance, caller)
    requireReverification(instance, session)
    const number = requirePhone(text(params, 'phone_number') ?? '')
    if (findByPhone(instance, number) || user.phones.some((p) => p.number === number))
      throw phoneTaken()
    const phone = newPhone(instance, number, null)
    user.phones.push(phone)
    saveUser(instance, user)
    return respondWithClient(c, instance, caller, phoneShape(phone))
  })
  route(app, instance, 'GET', `${PHONE_NUMBERS}/:id`, (c, caller) =>
    respondWithClient(
      c,
      instance,
      caller,
      phoneShape(ownPhone(requireSession(c, instance, caller).user, c.req.param('id')))
    )
  )
  route(app, instance, 'DELETE', `${PHONE_NUMBERS}/:id`, (c, caller) => {
    const { user } = requireSession(c, instance, caller)
    const phone = ownPhone(user, c.req.param('id'))
    removePhone(user, phone)
    saveUser(instance, user)
    return respondWithClient(c, instance, caller, {
      object: 'phone_number',
      id: phone.id,
      deleted: true
    })
  })
  addPhoneVerification(app, instance)
}

function addPhoneVerification(app: Hono, instance: Instance): void {
  route(app, instance, 'POST', `${PHONE_NUMBERS}/:id/prepare_verification`, (c, caller, params) => {
    const { user } = requireSession(c, instance, caller)
    const phone = ownPhone(user, c.req.param('id'))
    if (text(params, 'strategy') !== 'phone_code') throw invalidValue('strategy')
    if (phone.verification?.status === 'verified')
      throw apiError(
        400,
        'verification_already_verified',
        'This verification has already been verified.'
      )
    phone.verification = sendCode(instance, phone.number, 'verify_phone', 'phone_code')
    instance.records.users.put(user)
    return respondWithClient(c, instance, caller, phoneShape(phone))
  })
  route(app, instance, 'POST', `${PHONE_NUMBERS}/:id/attempt_verification`, (c, caller, params) => {
    const { user } = requireSession(c, instance, caller)
    const phone = ownPhone(user, c.req.param('id'))
    // Another user may have verified the same number since this one was added.
    if (phone.verification?.status !== 'verified' && findByPhone(instance, phone.number))
      throw phoneTaken()
    attemptCode(instance, phone.verification, text(params, 'code'), () =>
      instance.records.users.put(user)
    )
    user.primaryPhoneId ??= phone.id
    saveUser(instance, user)
    return respondWithClient(c, instance, caller, phoneShape(phone))
  })
}

/** Makes another verified number the primary one. */
export function removePhone(user: UserRecord, phone: PhoneRecord): void {
  user.phones = user.phones.filter((p) => p !== phone)
  if (user.primaryPhoneId === phone.id)
    user.primaryPhoneId = user.phones.find((p) => p.verification?.status === 'verified')?.id ?? null
}

function ownPhone(user: UserRecord, id: string | undefined): PhoneRecord {
  const phone = user.phones.find((p) => p.id === id)
  if (!phone) throw notFound('phone number')
  return phone
}
