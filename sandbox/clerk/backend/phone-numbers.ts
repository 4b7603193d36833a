/** Backend API: phone numbers. */
import type { Context, Hono } from 'hono'
import { invalidValue, missingParam, notFound, phoneTaken } from '@/sandbox/clerk/errors'
import { requirePhone } from '@/sandbox/clerk/factors/codes'
import { type Params, readParams, text } from '@/sandbox/clerk/frontend/caller'
import { removePhone } from '@/sandbox/clerk/frontend/phones'
import type { Instance } from '@/sandbox/clerk/instance'
import type { PhoneRecord, UserRecord } from '@/sandbox/clerk/records'
import { phoneShape } from '@/sandbox/clerk/user-shapes'
import { findByPhone, getUser, newPhone, saveUser, verified } from '@/sandbox/clerk/users'

export function addPhoneNumbers(app: Hono, instance: Instance): void {
  app.post('/phone_numbers', async (c) => {
    const params = await readParams(c)
    const userId = text(params, 'user_id')
    if (!userId) throw missingParam('user_id')
    const user = getUser(instance, userId)
    const number = requireFree(instance, text(params, 'phone_number'), undefined, user)
    const phone = newPhone(instance, number, params.verified === true ? verified('admin') : null)
    user.phones.push(phone)
    if (params.primary === true || (phone.verification && !user.primaryPhoneId))
      user.primaryPhoneId = phone.id
    saveUser(instance, user)
    return c.json(phoneShape(phone))
  })
  app.get('/phone_numbers/:id', (c) => c.json(phoneShape(owned(c, instance).phone)))
  app.patch('/phone_numbers/:id', async (c) => {
    const { user, phone } = owned(c, instance)
    change(instance, user, phone, await readParams(c))
    saveUser(instance, user)
    return c.json(phoneShape(phone))
  })
  app.delete('/phone_numbers/:id', (c) => {
    const { user, phone } = owned(c, instance)
    removePhone(user, phone)
    saveUser(instance, user)
    return c.json({ object: 'phone_number', id: phone.id, deleted: true })
  })
  app.put('/users/:id/phone_number', async (c) => {
    const user = getUser(instance, c.req.param('id'))
    const params = await readParams(c)
    const number = requireFree(instance, text(params, 'phone_number'), user.id)
    const unverified = text(params, 'identification_status') === 'unverified'
    const phone = newPhone(instance, number, unverified ? null : verified('admin'))
    saveUser(instance, Object.assign(user, { phones: [phone], primaryPhoneId: phone.id }))
    return c.json(phoneShape(phone))
  })
}

function owned(c: Context, instance: Instance): { user: UserRecord; phone: PhoneRecord } {
  const id = c.req.param('id') ?? ''
  const user = instance.records.users.find((u) => u.phones.some((p) => p.id === id))
  const phone = user?.phones.find((p) => p.id === id)
  if (!user || !phone) throw notFound('phone number')
  return { user, phone }
}

/** A valid number that neither this user nor, verified, another one has. */
function requireFree(
  instance: Instance,
  given: string | undefined,
  ownId?: string,
  user?: UserRecord
): string {
  const number = requirePhone(given ?? '')
  const holder = findByPhone(instance, number)
  if ((holder && holder.id !== ownId) || user?.phones.some((p) => p.number === number))
    throw phoneTaken()
  return number
}

function change(instance: Instance, user: UserRecord, phone: PhoneRecord, params: Params): void {
  if (params.verified === true && phone.verification?.status !== 'verified') {
    if (findByPhone(instance, phone.number)) throw phoneTaken()
    phone.verification = verified('admin')
  } else if (params.verified === false) phone.verification = null
  if (params.primary !== true) return
  if (phone.verification?.status !== 'verified') throw invalidValue('primary')
  user.primaryPhoneId = phone.id
}
