/**
 * The emulator's control routes under /_sandbox: the inbox of codes, users and their sessions, and
 * sign-in without a form for tests.
 */
import type { Context, Hono } from 'hono'
import { handleError, missingParam } from '@/sandbox/clerk/errors'
import { requireEmail } from '@/sandbox/clerk/factors/codes'
import { hasTotp } from '@/sandbox/clerk/factors/factors'
import { hashPassword } from '@/sandbox/clerk/factors/passwords'
import { codeAt } from '@/sandbox/clerk/factors/totp'
import { createDevBrowser, passwordParam, readParams, text } from '@/sandbox/clerk/frontend/caller'
import { cookieDirectives } from '@/sandbox/clerk/frontend/handshake'
import { newTotp } from '@/sandbox/clerk/frontend/second-factors'
import type { Instance } from '@/sandbox/clerk/instance'
import type { CodeRecord, UserRecord } from '@/sandbox/clerk/records'
import { isLive } from '@/sandbox/clerk/resources'
import { isOn, turn } from '@/sandbox/clerk/settings'
import { primaryAddress } from '@/sandbox/clerk/user-shapes'
import {
  createClient,
  createUser,
  deleteUser,
  endSession,
  findByEmail,
  getUser,
  saveUser,
  startSession,
  verified
} from '@/sandbox/clerk/users'

/** Slightly longer than any reverification level allows. */
const STALE_AFTER = 11 * 60_000

const RULES = [
  'An address containing +clerk_test accepts the code 424242 and no e-mail is sent; so does a phone number from +1 XXX 555 0100 to +1 XXX 555 0199.',
  'Any other address or number gets a random six-digit code: it is in the inbox below.',
  'A code is valid for ten minutes; after the fourth wrong attempt a new one must be requested.',
  'A password needs 8 to 72 characters; well-known ones such as password123 are refused as breached.',
  'Revealing account numbers, transfers and changes of sign-in methods require a verification within ten minutes. "Age verification" makes the last one too old.',
  'Two-step verification (Settings, Security) works with real authenticator apps; the current code is also shown beside the user.',
  'An administrator (publicMetadata.role is "admin") sees /admin in the app after two-step verification.',
  'With device trust (the control below; on by default at Clerk) the first sign-in on a device needs a code by e-mail after the password.',
  'Organizations (the control below) are off at first, as in a new application at Clerk.',
  'A revoked session ends at the next token refresh, within 60 seconds.'
]
const PURPOSES: Record<CodeRecord['purpose'], string> = {
  sign_up: 'sign-up',
  sign_in: 'sign-in',
  reset_password: 'password reset',
  verify_email: 'e-mail address check',
  verify_phone: 'phone number check',
  reverification: 'reverification'
}

export function addConsole(control: Hono, instance: Instance): void {
  control.onError(handleError)
  control.get('/inbox', (c) => c.json(newestCodes(instance)))
  control.get('/console', (c) =>
    c.json({
      title: 'Clerk: sign-in',
      rules: RULES,
      objects: [...codeObjects(instance), ...userObjects(instance)],
      actions: [
        settingAction(instance, 'device-trust', 'device trust'),
        settingAction(instance, 'organizations', 'organizations')
      ]
    })
  )
  for (const setting of ['device-trust', 'organizations'] as const)
    control.post(`/${setting}`, async (c) =>
      c.json(turn(instance, setting, (await readParams(c)).on === true))
    )
  control.post('/sign-in', async (c) => {
    const params = await readParams(c)
    const origin = text(params, 'origin')
    if (!origin || !URL.canParse(origin)) throw missingParam('origin')
    return c.json(
      signInDirectly(
        instance,
        findOrCreateUser(instance, params),
        new URL(origin),
        params.second_factor === true
      )
    )
  })
  addUserControls(control, instance)
}

function addUserControls(control: Hono, instance: Instance): void {
  const user = (c: Context) => getUser(instance, c.req.param('id') ?? '')
  control.post('/users/:id/revoke', (c) => {
    const live = instance.records.sessions.filter(
      (s) => s.userId === user(c).id && isLive(instance, s)
    )
    for (const session of live) endSession(instance, session, 'revoked')
    return c.json({ ok: true, revoked: live.length })
  })
  control.post('/users/:id/:act{ban|unban}', (c) => {
    const record = user(c)
    record.banned = c.req.param('act') === 'ban'
    saveUser(instance, record)
    return c.json({ ok: true })
  })
  control.post('/users/:id/:act{make-admin|make-plain}', (c) => {
    const record = user(c)
    const { role: _, ...rest } = record.publicMetadata
    record.publicMetadata = c.req.param('act') === 'make-admin' ? { ...rest, role: 'admin' } : rest
    saveUser(instance, record)
    return c.json({ ok: true })
  })
  control.post('/users/:id/age-proof', (c) => {
    expireReverification(instance, user(c))
    return c.json({ ok: true })
  })
  control.get('/users/:id/totp', (c) => c.json({ code: totpCode(user(c)) }))
  control.post('/users/:id/delete', (c) => c.json(deleteUser(instance, user(c))))
}

/**
 * The cookies of a signed-in browser (dev browser, client and session), so that clerk-js accepts
 * them too.
 */
function signInDirectly(
  instance: Instance,
  user: UserRecord,
  origin: URL,
  secondFactor: boolean
): object {
  if (secondFactor && !hasTotp(user))
    saveUser(instance, Object.assign(user, { totp: newTotp(instance, true) }))
  const client = createClient(instance)
  const devBrowser = instance.records.devBrowsers.put({
    ...createDevBrowser(instance),
    clientId: client.id
  })
  const session = startSession(instance, client, user, {
    userAgent: 'sandbox',
    strategy: null,
    secondFactor
  })
  const cookies = cookieDirectives(instance, devBrowser, origin).map((directive) => {
    const [name = '', value = ''] = directive.split(';')[0]?.split('=') ?? []
    return { name, value }
  })
  return { userId: user.id, sessionId: session.id, cookies }
}

function findOrCreateUser(instance: Instance, params: Record<string, unknown>): UserRecord {
  const address = requireEmail(text(params, 'email') ?? '', 'email')
  const password = passwordParam(params, 'password')
  return (
    findByEmail(instance, address) ??
    createUser(instance, {
      emails: [{ address, verification: verified('admin') }],
      passwordHash: password ? hashPassword(password) : null
    })
  )
}

/** The code that the user's authenticator app would show. */
const totpCode = (user: UserRecord): string | null =>
  user.totp ? codeAt(user.totp.secret, Date.now()) : null

/** Ages this user's sessions and second factor by eleven minutes. */
function expireReverification(instance: Instance, user: UserRecord): void {
  const older = <T extends number | null>(at: T) => (at === null ? at : at - STALE_AFTER) as T
  for (const session of instance.records.sessions.filter((s) => s.userId === user.id)) {
    const { createdAt, firstFactorAt, secondFactorAt } = session
    instance.records.sessions.put({
      ...session,
      createdAt: older(createdAt),
      firstFactorAt: older(firstFactorAt),
      secondFactorAt: older(secondFactorAt)
    })
  }
  if (user.totp)
    instance.records.users.put(
      Object.assign(user, { totp: { ...user.totp, updatedAt: older(user.totp.updatedAt) } })
    )
}

const settingAction = (
  instance: Instance,
  setting: 'device-trust' | 'organizations',
  name: string
) => {
  const on = !isOn(instance, setting)
  return {
    label: on ? `Turn ${name} on` : `Turn ${name} off`,
    method: 'POST',
    path: `/_sandbox/${setting}`,
    body: { on }
  }
}

const newestCodes = (instance: Instance) =>
  instance.records.mails.all().sort((a, b) => b.createdAt - a.createdAt)

const codeObjects = (instance: Instance) =>
  newestCodes(instance)
    .slice(0, 20)
    .map((mail) => ({
      id: mail.id,
      label: `Inbox: ${mail.to}`,
      state: `${PURPOSES[mail.purpose]} code ${mail.code}, ${new Date(mail.createdAt).toISOString()}`,
      actions: []
    }))

const userObjects = (instance: Instance) =>
  instance.records.users.all().map((user) => {
    const live = instance.records.sessions.filter(
      (s) => s.userId === user.id && isLive(instance, s)
    ).length
    const act = (label: string, verb: string) => ({
      label,
      method: 'POST',
      path: `/_sandbox/users/${user.id}/${verb}`
    })
    return {
      id: user.id,
      label: `User: ${primaryAddress(user)}`,
      state: [
        user.banned ? 'banned' : live > 0 ? `signed in (${live})` : 'signed out',
        ...(hasTotp(user) ? [`authenticator code ${totpCode(user)}`] : [])
      ].join(', '),
      actions: [
        act('Revoke sessions', 'revoke'),
        act('Age verification', 'age-proof'),
        user.publicMetadata.role === 'admin'
          ? act('Remove admin role', 'make-plain')
          : act('Make admin', 'make-admin'),
        user.banned ? act('Unban', 'unban') : act('Ban', 'ban'),
        act('Delete', 'delete')
      ]
    }
  })

/** The emulator's data, without secrets. */
export const ledgerOf = (instance: Instance) => ({
  users: instance.records.users.all().map((u) => ({
    id: u.id,
    email: primaryAddress(u),
    emails: u.emails.length,
    banned: u.banned,
    createdAt: u.createdAt
  })),
  sessions: instance.records.sessions
    .all()
    .map((s) => ({ id: s.id, userId: s.userId, status: s.status })),
  clients: instance.records.clients.all().length,
  devBrowsers: instance.records.devBrowsers.all().length
})
