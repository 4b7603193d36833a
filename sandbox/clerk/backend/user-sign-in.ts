/** Backend API: a user's password, second factors and picture. */
import type { Context, Hono } from 'hono'
import { codeIncorrect, notFound } from '@/sandbox/clerk/errors'
import { codeMatches } from '@/sandbox/clerk/factors/totp'
import { readParams, text } from '@/sandbox/clerk/frontend/caller'
import { disableSecondFactors } from '@/sandbox/clerk/frontend/second-factors'
import type { Instance } from '@/sandbox/clerk/instance'
import { readPicture } from '@/sandbox/clerk/pictures'
import type { UserRecord } from '@/sandbox/clerk/records'
import { backendUserShape } from '@/sandbox/clerk/user-shapes'
import { endSession, getUser, saveUser } from '@/sandbox/clerk/users'

export function addUserSignIn(app: Hono, instance: Instance): void {
  const user = (c: Context) => getUser(instance, c.req.param('id') ?? '')
  const saved = (c: Context, record: UserRecord) =>
    c.json(backendUserShape(saveUser(instance, record)) as never)

  app.on('DELETE', ['/users/:id/mfa', '/users/:id/totp'], (c) =>
    c.json(backendUserShape(disableSecondFactors(instance, user(c))) as never)
  )
  app.delete('/users/:id/backup_code', (c) => {
    saveUser(instance, Object.assign(user(c), { backupCodes: [] }))
    return c.json({ user_id: c.req.param('id') })
  })
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
  // The emulated instance has none of these, so no user does.
  for (const kind of ['passkeys', 'web3_wallets', 'external_accounts'])
    app.delete(`/users/:id/${kind}/:kindId`, (c) => {
      user(c)
      throw notFound(kind.replace('_', ' ').replace(/s$/, ''))
    })
  app.post('/users/:id/profile_image', async (c) =>
    saved(c, Object.assign(user(c), { image: await readPicture(await readParams(c)) }))
  )
  app.delete('/users/:id/profile_image', (c) => {
    const { image: _, ...record } = user(c)
    return saved(c, record)
  })
  addPasswordActions(app, instance)
}

function addPasswordActions(app: Hono, instance: Instance): void {
  const user = (c: Context) => getUser(instance, c.req.param('id') ?? '')
  const revokeSessions = ({ id }: UserRecord) => {
    for (const session of instance.records.sessions.filter((s) => s.userId === id))
      endSession(instance, session, 'revoked')
  }
  app.post('/users/:id/remove_password', async (c) => {
    const record = user(c)
    const { sign_out_of_other_sessions } = await readParams(c)
    if (sign_out_of_other_sessions === true) revokeSessions(record)
    if (!record.passwordHash) return c.json(backendUserShape(record) as never)
    Object.assign(record, { passwordHash: null, passwordCompromised: false })
    return c.json(backendUserShape(saveUser(instance, record)) as never)
  })
  app.post('/users/:id/password/:act{set_compromised|unset_compromised}', async (c) => {
    const record = user(c)
    const { revoke_all_sessions } = await readParams(c)
    record.passwordCompromised = c.req.param('act') === 'set_compromised'
    if (record.passwordCompromised && revoke_all_sessions === true) revokeSessions(record)
    return c.json(backendUserShape(saveUser(instance, record)) as never)
  })
}
