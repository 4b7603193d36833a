/** Two-step verification: authenticator app and backup codes, as the user sets them up. */
import { randomBytes } from 'node:crypto'
import type { Hono } from 'hono'
import { apiError, codeIncorrect } from '@/sandbox/clerk/errors'
import { hasTotp } from '@/sandbox/clerk/factors/factors'
import { codeMatches, newSecret, uriOf } from '@/sandbox/clerk/factors/totp'
import { requireSession, respondWithClient, route, text } from '@/sandbox/clerk/frontend/caller'
import { requireReverification } from '@/sandbox/clerk/frontend/reverification'
import { applicationNameOf, type Instance } from '@/sandbox/clerk/instance'
import type { TotpRecord, UserRecord } from '@/sandbox/clerk/records'
import { primaryAddress } from '@/sandbox/clerk/user-shapes'
import { saveUser } from '@/sandbox/clerk/users'

const BACKUP_CODES = 10

export function addSecondFactors(app: Hono, instance: Instance): void {
  route(app, instance, 'POST', '/v1/me/totp', (c, caller) => {
    const { user, session } = requireSession(c, instance, caller)
    requireReverification(instance, session)
    if (hasTotp(user))
      throw apiError(
        400,
        'totp_already_enabled',
        'TOTP already enabled',
        'An authenticator app is already set up.'
      )
    user.totp = newTotp(instance, false)
    instance.records.users.put(user)
    return respondWithClient(c, instance, caller, {
      ...totpShape(user.totp),
      secret: user.totp.secret,
      uri: uriOf(applicationNameOf(instance), user.totp.secret, primaryAddress(user))
    })
  })
  route(app, instance, 'POST', '/v1/me/totp/attempt_verification', (c, caller, params) => {
    const { user, session } = requireSession(c, instance, caller)
    if (!user.totp || !codeMatches(user.totp.secret, text(params, 'code') ?? ''))
      throw codeIncorrect()
    user.totp = { ...user.totp, verified: true, updatedAt: instance.now() }
    user.backupCodes = newBackupCodes()
    saveUser(instance, user)
    instance.records.sessions.put(Object.assign(session, { secondFactorAt: instance.now() }))
    return respondWithClient(c, instance, caller, {
      ...totpShape(user.totp),
      backup_codes: user.backupCodes
    })
  })
  route(app, instance, 'DELETE', '/v1/me/totp', (c, caller) => {
    const { user, session } = requireSession(c, instance, caller)
    requireReverification(instance, session)
    const id = user.totp?.id ?? ''
    disableSecondFactors(instance, user)
    return respondWithClient(c, instance, caller, { object: 'totp', id, deleted: true })
  })
  addBackupCodes(app, instance)
}

function addBackupCodes(app: Hono, instance: Instance): void {
  route(app, instance, 'POST', '/v1/me/backup_codes', (c, caller) => {
    const { user, session } = requireSession(c, instance, caller)
    requireReverification(instance, session)
    if (!hasTotp(user))
      throw apiError(
        400,
        'backup_codes_not_available',
        'Backup codes not available',
        'Set up another second factor first.'
      )
    user.backupCodes = newBackupCodes()
    saveUser(instance, user)
    const at = user.updatedAt
    return respondWithClient(c, instance, caller, {
      object: 'backup_code',
      id: `bc_${user.id.slice(5)}`,
      codes: user.backupCodes,
      created_at: at,
      updated_at: at
    })
  })
}

export function newTotp(instance: Instance, verified: boolean): TotpRecord {
  const now = instance.now()
  return {
    id: `totp_${instance.ids.text('totp', 27)}`,
    secret: newSecret(),
    verified,
    createdAt: now,
    updatedAt: now
  }
}

/** Removes every second factor and its verification from all sessions. */
export function disableSecondFactors(instance: Instance, user: UserRecord): UserRecord {
  for (const session of instance.records.sessions.filter((s) => s.userId === user.id))
    instance.records.sessions.put({ ...session, secondFactorAt: null })
  return saveUser(instance, Object.assign(user, { totp: null, backupCodes: [] }))
}

const newBackupCodes = (): string[] =>
  Array.from({ length: BACKUP_CODES }, () => randomBytes(4).toString('hex'))

const totpShape = (totp: TotpRecord) => ({
  object: 'totp',
  id: totp.id,
  verified: totp.verified,
  backup_codes: null,
  created_at: totp.createdAt,
  updated_at: totp.updatedAt
})
