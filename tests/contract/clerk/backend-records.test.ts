/** What the Backend API creates and the Frontend API then uses. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { beginSignUp, openBrowser, signUp } from '@/tests/contract/clerk/browser'
import {
  failureOf,
  freshEmail,
  mintSession,
  PASSWORD,
  startEmulator,
  type Target,
  targetOf
} from '@/tests/contract/clerk/target'

let target: Target
beforeAll(async () => {
  target = targetOf(await startEmulator())
})
afterAll(() => target.close())

const claimsOf = (jwt: string): Record<string, unknown> =>
  JSON.parse(Buffer.from(jwt.split('.')[1] ?? '', 'base64url').toString())

describe('e-mail addresses and phone numbers', () => {
  test('a verified address becomes primary, and the last verified one cannot be deleted', async () => {
    const user = await target.createUser()
    const { emailAddresses, users } = target.client
    const address = freshEmail()
    const added = await emailAddresses.createEmailAddress({
      userId: user.id,
      emailAddress: address,
      verified: true
    })
    expect(added).toMatchObject({ emailAddress: address, verification: { status: 'verified' } })
    await emailAddresses.updateEmailAddress(added.id, { primary: true })
    await emailAddresses.deleteEmailAddress(user.primaryEmailAddressId ?? '')
    expect(await users.getUser(user.id)).toMatchObject({ primaryEmailAddressId: added.id })
    expect(await failureOf(emailAddresses.deleteEmailAddress(added.id))).toMatchObject({
      status: 400,
      code: 'last_required_identification_deletion_failed'
    })
  })

  test('an address of another user is refused', async () => {
    const [one, other] = [await target.createUser(), await target.createUser()]
    const taken = other.primaryEmailAddress?.emailAddress ?? ''
    const { users } = target.client
    expect(
      await failureOf(users.replaceUserEmailAddress(one.id, { emailAddress: taken }))
    ).toMatchObject({ status: 422, code: 'form_identifier_exists', param: 'email_address' })
  })
})

describe('passwords and pictures', () => {
  test('a compromised password is refused at sign-in until it is reset', async () => {
    const user = await target.createUser()
    await target.client.users.setPasswordCompromised(user.id)
    const attempt = async () => {
      const browser = await openBrowser(target)
      const identifier = user.primaryEmailAddress?.emailAddress ?? ''
      return browser.call('POST', '/client/sign_ins', { identifier, password: PASSWORD })
    }
    expect(await attempt()).toMatchObject({ status: 422, error: 'form_password_compromised' })
    await target.client.users.unsetPasswordCompromised(user.id)
    expect((await attempt()).body.response?.status).toBe('complete')
    expect((await target.client.users.removePassword(user.id)).passwordEnabled).toBe(false)
  })

  test('a picture is shown until it is deleted, and only pictures are accepted', async () => {
    const { id } = await target.createUser()
    const { users } = target.client
    const file = new File(['png'], 'me.png', { type: 'image/png' })
    const pictured = await users.updateUserProfileImage(id, { file })
    expect(pictured).toMatchObject({ hasImage: true })
    expect(pictured.imageUrl).toMatch(/^data:image\/png;base64,/)
    expect(await users.deleteUserProfileImage(id)).toMatchObject({ hasImage: false })
    const text = new File(['text'], 'me.txt', { type: 'text/plain' })
    expect(await failureOf(users.updateUserProfileImage(id, { file: text }))).toMatchObject({
      code: 'avatar_file_type_invalid'
    })
  })
})

describe('invitations and restrictions', () => {
  test('an invited address signs up without a code and gets the metadata', async () => {
    const address = freshEmail()
    const { invitations, users } = target.client
    const invitation = await invitations.createInvitation({
      emailAddress: address,
      publicMetadata: { team: 'blue' },
      redirectUrl: 'http://localhost:3000/welcome'
    })
    expect(await failureOf(invitations.createInvitation({ emailAddress: address }))).toMatchObject({
      status: 400,
      code: 'duplicate_record'
    })
    const link = await fetch(invitation.url ?? '', { redirect: 'manual' })
    const page = new URL(link.headers.get('location') ?? '')
    expect(page.href).toContain('http://localhost:3000/welcome?')
    expect(page.searchParams.get('__clerk_status')).toBe('sign_up')
    const ticket = page.searchParams.get('__clerk_ticket') ?? ''
    const browser = await openBrowser(target)
    const done = await browser.call('POST', '/client/sign_ups', {
      strategy: 'ticket',
      ticket,
      password: PASSWORD
    })
    expect(done.body.response).toMatchObject({ status: 'complete' })
    const userId = done.body.response?.created_user_id ?? ''
    expect(await users.getUser(userId)).toMatchObject({ publicMetadata: { team: 'blue' } })
    const { data } = await invitations.getInvitationList({ query: address })
    expect(data).toMatchObject([{ status: 'accepted' }])
    expect((await fetch(invitation.url ?? '', { redirect: 'manual' })).status).toBe(400)
  })

  test('a revoked invitation is no longer listed and opens nothing', async () => {
    const { invitations } = target.client
    const { id, url } = await invitations.createInvitation({ emailAddress: freshEmail() })
    expect(await invitations.revokeInvitation(id)).toMatchObject({ status: 'revoked' })
    expect((await invitations.getInvitationList()).data.map((i) => i.id)).not.toContain(id)
    expect((await fetch(url ?? '', { redirect: 'manual' })).status).toBe(400)
  })

  test('the allowlist and the blocklist decide who may sign up while they are on', async () => {
    const { allowlistIdentifiers, blocklistIdentifiers, instance } = target.client
    const attempt = async (email: string) => {
      const browser = await openBrowser(target)
      return (await browser.call('POST', '/client/sign_ups', { email_address: email })).error
    }
    await instance.updateRestrictions({ allowlist: true, blocklist: true })
    expect(await attempt('ada@example.org')).toBe('not_allowed_access')
    const allowed = { identifier: '*@example.org', notify: false }
    await allowlistIdentifiers.createAllowlistIdentifier(allowed)
    expect(await attempt('ada@example.org')).toBeUndefined()
    await blocklistIdentifiers.createBlocklistIdentifier({ identifier: 'bob@example.org' })
    expect(await attempt('bob@example.org')).toBe('not_allowed_access')
    await instance.updateRestrictions({ allowlist: false, blocklist: false })
    expect(await attempt('bob@example.org')).toBeUndefined()
  })
})

describe('tokens', () => {
  test('an actor token signs in as the user, and the session names the actor', async () => {
    const [user, admin] = [await target.createUser(), await target.createUser()]
    const { actorTokens } = target.client
    const fields = { userId: user.id, actor: { sub: admin.id }, expiresInSeconds: 60 }
    const { token: ticket } = await actorTokens.create({
      ...fields,
      sessionMaxDurationInSeconds: 90
    })
    const browser = await openBrowser(target)
    const done = await browser.call('POST', '/client/sign_ins', {
      strategy: 'ticket',
      ticket: ticket ?? ''
    })
    const sessionId = done.body.response?.created_session_id ?? ''
    const { jwt } = await target.client.sessions.getToken(sessionId)
    expect(claimsOf(jwt)).toMatchObject({ sub: user.id, act: { sub: admin.id } })
    const session = await target.client.sessions.getSession(sessionId)
    expect(session.expireAt - session.createdAt).toBe(90_000)
    const { id } = await actorTokens.create({ ...fields, sessionMaxDurationInSeconds: 90 })
    expect(await actorTokens.revoke(id)).toMatchObject({ status: 'revoked' })
  })

  test('a JWT template fills in the user, for both APIs', async () => {
    const { id } = await target.createUser({ firstName: 'Ada' })
    const claims = {
      aud: 'shop',
      name: 'Dear {{user.first_name}}',
      meta: '{{user.public_metadata}}'
    }
    await target.client.users.updateUserMetadata(id, { publicMetadata: { plan: 'gold' } })
    const template = { name: 'shop', claims, lifetime: 120 }
    await target.client.jwtTemplates.create(template as never)
    const { session } = await mintSession(target, id)
    const token = claimsOf((await target.client.sessions.getToken(session.id, 'shop')).jwt)
    expect(token).toMatchObject({
      sub: id,
      aud: 'shop',
      name: 'Dear Ada',
      meta: { plan: 'gold' }
    })
    expect(Number(token.exp) - Number(token.iat)).toBe(120)
    expect(await failureOf(target.client.sessions.getToken(session.id, 'none'))).toMatchObject({
      status: 404
    })
    const browser = await openBrowser(target)
    const own = await signUp(browser, freshEmail())
    const path = `/client/sessions/${own.sessionId}/tokens/shop`
    const { jwt } = (await browser.call('POST', path)).body
    expect(claimsOf(jwt ?? '')).toMatchObject({ sub: own.userId, azp: 'http://localhost:3000' })
  })
})

test('a sign-up in progress gets the external id of the user to be', async () => {
  const browser = await openBrowser(target)
  const path = await beginSignUp(browser, freshEmail())
  const signUpAttemptId = path.split('/').pop() ?? ''
  const updated = await target.client.signUps.update({ signUpAttemptId, externalId: 'crm_1' })
  expect(updated).toMatchObject({ id: signUpAttemptId, externalId: 'crm_1' })
  const code = { strategy: 'email_code', code: '424242' }
  const done = await browser.call('POST', `${path}/attempt_verification`, code)
  const user = await target.client.users.getUser(done.body.response?.created_user_id ?? '')
  expect(user.externalId).toBe('crm_1')
})

test('a client lists its sessions, and lists come in pages', async () => {
  const { session } = await mintSession(target, (await target.createUser()).id)
  const client = await target.client.clients.getClient(session.clientId)
  expect(client).toMatchObject({ lastActiveSessionId: session.id, sessionIds: [session.id] })
  const { redirectUrls } = target.client
  for (const url of ['my-app://one', 'my-app://two']) await redirectUrls.createRedirectUrl({ url })
  const { data, totalCount } = await redirectUrls.getRedirectUrlList()
  expect(data.map((r) => r.url)).toEqual(['my-app://one', 'my-app://two'])
  expect(totalCount).toBe(2)
})

test('origins that the Backend API allows may be returned to', async () => {
  const handshake = async () => {
    const page = encodeURIComponent('https://shop.example/')
    const url = `${target.frontendUrl}/v1/client/handshake?redirect_url=${page}`
    return (await fetch(url, { redirect: 'manual' })).status
  }
  expect(await handshake()).toBe(400)
  await target.client.instance.update({ allowedOrigins: ['https://shop.example'] })
  expect(await handshake()).toBe(307)
})
