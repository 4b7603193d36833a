/** Backend API: phone numbers, and removing a second factor. */
import type { Context, Hono } from 'hono'
import { requirePhone } from '@/sandbox/clerk/codes'
import { codeIncorrect, missingParam, notFound, phoneTaken } from '@/sandbox/clerk/errors'
import { readParams, text } from '@/sandbox/clerk/frontend/caller'
import { removePhone } from '@/sandbox/clerk/frontend/phones'
import { disableSecondFactors } from '@/sandbox/clerk/frontend/second-factors'
import type { Instance } from '@/sandbox/clerk/instance'
import type { PhoneRecord, UserRecord } from '@/sandbox/clerk/records'
import { codeMatches } from '@/sandbox/clerk/totp'
import { backendUserShape, phoneShape } from '@/sandbox/clerk/user-shapes'
import { findByPhone, getUser, newPhone, saveUser, verified } from '@/sandbox/clerk/users'

export function addPhoneNumbers(app: Hono, instance: Instance): void {
  const owned = (c: Context): { user: UserRecord; phone: PhoneRecord } => {
    const id = c.req.param('id') ?? ''
    const user = instance.records.users.find((u) => u.phones.some((p) => p.id === id))
    const phone = user?.phones.find((p) => p.id === id)
    if (!user || !phone) throw notFound('phone number')
    return { user, phone }
  }
  app.post('/phone_numbers', async (c) => {
    const params = await readParams(c)
    const userId = text(params, 'user_id')
    if (!userId) throw missingParam('user_id')
    const user = getUser(instance, userId)
    const number = requirePhone(text(params, 'phone_number') ?? '')
    if (findByPhone(instance, number) || user.phones.some((p) => p.number === number))
      throw phoneTaken()
    const phone = newPhone(instance, number, params.verified === true ? verified('admin') : null)
    user.phones.push(phone)
    if (params.primary === true || (phone.verification && !user.primaryPhoneId))
      user.primaryPhoneId = phone.id
    saveUser(instance, user)
    return c.json(phoneShape(phone))
  })
  app.get('/phone_numbers/:id', (c) => c.json(phoneShape(owned(c).phone)))
  app.delete('/phone_numbers/:id', (c) => {
    const { user, phone } = owned(c)
    removePhone(user, phone)
    saveUser(instance, user)
    return c.json({ object: 'phone_number', id: phone.id, deleted: true })
  })
}

export function addUserSecondFactors(app: Hono, instance: Instance): void {
  const user = (c: Context) => getUser(instance, c.req.param('id') ?? '')
  app.on('DELETE', ['/users/:id/mfa', '/users/:id/totp'], (c) =>
    c.json(backendUserShape(disableSecondFactors(instance, user(c))) as never)
  )
  app.post('/users/:id/verify_totp', async (c) => {
    const record = user(c)
    const code = text(await readParams(c), 'code') ?? ''
    if (record.totp?.verified && codeMatches(record.totp.secret, code))
      return c.json({ verified: true, code_type: 'totp' })
    if (!record.backupCodes.includes(code)) throw codeIncorrect()
    instance.records.users.put(
      Object.assign(record, { backupCodes: record.backupCodes.filter((c) => c !== code) })
    )
    return c.json({ verified: true, code_type: 'backup_code' })
  })
}
