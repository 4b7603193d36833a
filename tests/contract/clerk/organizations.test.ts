/** Organizations through both APIs. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { verifyWebhook } from '@clerk/backend/webhooks'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openBrowser, signUp } from '@/tests/contract/clerk/browser'
import {
  failureOf,
  freshEmail,
  mintSession,
  startEmulator,
  type Target,
  targetOf
} from '@/tests/contract/clerk/target'

const SECRET = `whsec_${btoa('organizations')}`
let target: Target
const events: string[] = []
const receiver = createServer((incoming, answer) => {
  const chunks: Buffer[] = []
  incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
  incoming.on('end', async () => {
    const headers = Object.entries(incoming.headers).map(([k, v]): [string, string] => [k, `${v}`])
    const init = { method: 'POST', headers, body: Buffer.concat(chunks) }
    const { type } = await verifyWebhook(new Request('http://app/', init), {
      signingSecret: SECRET
    })
    events.push(type)
    answer.end()
  })
})
beforeAll(async () => {
  await new Promise<void>((done) => receiver.listen(0, '127.0.0.1', done))
  const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`
  const webhook = { url, secret: SECRET }
  target = targetOf(await startEmulator({ organizations: true, webhook }))
})
afterAll(async () => {
  await target.close()
  receiver.close()
})

let serial = 0
const newOrganization = (createdBy: string) =>
  target.client.organizations.createOrganization({ name: `Acme ${serial++}`, createdBy })

async function signedUp() {
  const browser = await openBrowser(target)
  const address = freshEmail()
  return { browser, address, ...(await signUp(browser, address)) }
}
type Member = Awaited<ReturnType<typeof signedUp>>

/** What the server reads from the session's next token. */
async function authOf({ browser, sessionId }: Member, organizationId?: string) {
  const form: Record<string, string> =
    organizationId === undefined ? {} : { organization_id: organizationId }
  const { body } = await browser.call('POST', `/client/sessions/${sessionId}/tokens`, form)
  const headers = { authorization: `Bearer ${body.jwt}` }
  const request = new Request('http://localhost:3000/api', { headers })
  return (await target.client.authenticateRequest(request)).toAuth()
}

describe('through the Backend API', () => {
  test('the creator is an admin, and the SDK reads the whole organization', async () => {
    const user = await target.createUser()
    const organization = await newOrganization(user.id)
    const { organizations, users } = target.client
    expect(
      await organizations.getOrganization({ slug: organization.slug, includeMembersCount: true })
    ).toMatchObject({
      id: organization.id,
      createdBy: user.id,
      membersCount: 1,
      maxAllowedMemberships: 5,
      adminDeleteEnabled: true,
      publicMetadata: {},
      privateMetadata: {}
    })
    const { data, totalCount } = await users.getOrganizationMembershipList({ userId: user.id })
    expect(totalCount).toBe(1)
    expect(data[0]).toMatchObject({
      role: 'org:admin',
      organization: { id: organization.id },
      publicUserData: { userId: user.id }
    })
    expect(data[0]?.permissions).toContain('org:sys_memberships:manage')
  })

  test('members are added, change roles and leave, but one admin stays', async () => {
    const [admin, other] = [await target.createUser(), await target.createUser()]
    const { organizations } = target.client
    const { id: organizationId } = await newOrganization(admin.id)
    const member = { organizationId, userId: other.id }
    await organizations.createOrganizationMembership({ ...member, role: 'org:member' })
    expect(
      await failureOf(organizations.createOrganizationMembership({ ...member, role: 'org:member' }))
    ).toMatchObject({ status: 400, code: 'already_a_member_in_organization' })
    expect(
      await failureOf(
        organizations.deleteOrganizationMembership({ organizationId, userId: admin.id })
      )
    ).toMatchObject({ status: 400, code: 'organization_minimum_permissions_needed' })
    await organizations.updateOrganizationMembership({ ...member, role: 'org:admin' })
    await organizations.deleteOrganizationMembership({ organizationId, userId: admin.id })
    const { data } = await organizations.getOrganizationMembershipList({ organizationId })
    expect(data.map((m) => [m.publicUserData?.userId, m.role])).toEqual([[other.id, 'org:admin']])
  })

  test('metadata is merged, a taken slug is refused, and deletion removes memberships', async () => {
    const user = await target.createUser()
    const { organizations, users } = target.client
    const [one, two] = [await newOrganization(user.id), await newOrganization(user.id)]
    await organizations.updateOrganizationMetadata(one.id, { publicMetadata: { a: 1, b: 2 } })
    const merged = { publicMetadata: { b: null, c: 3 } }
    expect(await organizations.updateOrganizationMetadata(one.id, merged)).toMatchObject({
      publicMetadata: { a: 1, c: 3 }
    })
    expect(
      await failureOf(organizations.updateOrganization(two.id, { slug: one.slug }))
    ).toMatchObject({ status: 422, code: 'form_identifier_exists', param: 'slug' })
    expect(await organizations.deleteOrganization(one.id)).toMatchObject({ deleted: true })
    const { data } = await users.getOrganizationMembershipList({ userId: user.id })
    expect(data.map((m) => m.organization.id)).toEqual([two.id])
  })

  test('more members than the limit are refused', async () => {
    const user = await target.createUser()
    const { organizations } = target.client
    const fields = { name: 'Small', createdBy: user.id, maxAllowedMemberships: 2 }
    const { id: organizationId } = await organizations.createOrganization(fields)
    const invite = () =>
      organizations.createOrganizationInvitation({
        organizationId,
        emailAddress: freshEmail(),
        role: 'org:member'
      })
    await invite()
    expect(await failureOf(invite())).toMatchObject({
      status: 403,
      code: 'organization_membership_quota_exceeded'
    })
  })
})

describe('in the browser', () => {
  test('the chosen organization is in the token, and the server reads its role', async () => {
    const user = await signedUp()
    const made = await user.browser.call('POST', '/organizations', { name: 'Bakery' })
    const orgId = made.body.response?.id ?? ''
    const touch = `/client/sessions/${user.sessionId}/touch`
    await user.browser.call('POST', touch, { active_organization_id: orgId })
    const auth = await authOf(user)
    expect(auth).toMatchObject({ orgId, orgRole: 'org:admin', orgSlug: 'bakery' })
    expect(auth?.has({ role: 'org:admin' })).toBe(true)
    expect(await authOf(user, '')).toMatchObject({ orgId: undefined })
    await user.browser.call('POST', touch, { active_organization_id: '' })
    expect(await authOf(user)).toMatchObject({ orgId: undefined })
  })

  test('a foreign organization cannot be chosen, read or changed', async () => {
    const [owner, stranger] = [await signedUp(), await signedUp()]
    const { id } = await newOrganization(owner.userId)
    const refused = { status: 403, error: 'not_a_member_in_organization' }
    const { browser, sessionId } = stranger
    const form = { active_organization_id: id }
    expect(await browser.call('POST', `/client/sessions/${sessionId}/touch`, form)).toMatchObject(
      refused
    )
    for (const [method, path] of [
      ['GET', `/organizations/${id}`],
      ['GET', `/organizations/${id}/memberships`],
      ['PATCH', `/organizations/${id}`],
      ['DELETE', `/organizations/${id}`],
      ['POST', `/organizations/${id}/memberships`]
    ] as const)
      expect(await browser.call(method, path), `${method} ${path}`).toMatchObject(refused)
  })

  test('a member reads the members but manages none', async () => {
    const [owner, member] = [await signedUp(), await signedUp()]
    const { id: organizationId } = await newOrganization(owner.userId)
    const role = 'org:member'
    const { organizations } = target.client
    const fields = { organizationId, userId: member.userId, role }
    await organizations.createOrganizationMembership(fields)
    const path = `/organizations/${organizationId}/memberships`
    expect((await member.browser.call('GET', path)).status).toBe(200)
    expect(await member.browser.call('DELETE', `${path}/${owner.userId}`)).toMatchObject({
      status: 403,
      error: 'missing_organization_permission'
    })
  })

  test('an invited user accepts and becomes a member with the role of the invitation', async () => {
    const [owner, guest] = [await signedUp(), await signedUp()]
    const { id: organizationId } = await newOrganization(owner.userId)
    const invited = await owner.browser.call(
      'POST',
      `/organizations/${organizationId}/invitations`,
      {
        email_address: guest.address,
        role: 'org:admin'
      }
    )
    const path = `/me/organization_invitations/${invited.body.response?.id}/accept`
    expect((await owner.browser.call('POST', path)).status).toBe(404)
    expect((await guest.browser.call('POST', path)).body.response?.status).toBe('accepted')
    const { data } = await target.client.users.getOrganizationMembershipList({
      userId: guest.userId
    })
    expect(data.map((m) => [m.organization.id, m.role])).toEqual([[organizationId, 'org:admin']])
  })

  test('a new user joins with the link of the invitation', async () => {
    const owner = await target.createUser()
    const { id: organizationId } = await newOrganization(owner.id)
    const { url } = await target.client.organizations.createOrganizationInvitation({
      organizationId,
      emailAddress: freshEmail(),
      role: 'org:member',
      inviterUserId: owner.id
    })
    const link = await fetch(url ?? '', { redirect: 'manual' })
    const ticket = new URL(link.headers.get('location') ?? '').searchParams.get('__clerk_ticket')
    const browser = await openBrowser(target)
    const done = await browser.call('POST', '/client/sign_ups', {
      strategy: 'ticket',
      ticket: ticket ?? '',
      password: 'Correct-horse-42'
    })
    const sessionId = done.body.response?.created_session_id ?? ''
    const userId = done.body.response?.created_user_id ?? ''
    const member = { browser, address: '', sessionId, userId }
    expect(await authOf(member, organizationId)).toMatchObject({ orgRole: 'org:member' })
  })
})

test('who leaves an organization loses it in the session', async () => {
  const owner = await signedUp()
  const { id: organizationId } = await newOrganization(owner.userId)
  const other = await target.createUser()
  await target.client.organizations.createOrganizationMembership({
    organizationId,
    userId: other.id,
    role: 'org:admin'
  })
  const { session } = await mintSession(target, other.id)
  expect(session.lastActiveOrganizationId).toBe(organizationId)
  const member = { organizationId, userId: other.id }
  await target.client.organizations.deleteOrganizationMembership(member)
  const after = await target.client.sessions.getSession(session.id)
  expect(after.lastActiveOrganizationId).toBeNull()
})

test('with organizations off, both APIs refuse them and the environment hides them', async () => {
  const off = targetOf(await startEmulator())
  try {
    const refused = { status: 403, code: 'organization_not_enabled_in_instance' }
    const { organizations, instance } = off.client
    expect(await failureOf(organizations.getOrganizationList())).toMatchObject(refused)
    const browser = await openBrowser(off)
    await signUp(browser, freshEmail())
    expect(await browser.call('POST', '/organizations', { name: 'Acme' })).toMatchObject({
      status: 403,
      error: refused.code
    })
    const enabled = async () => {
      const { body } = await browser.call('GET', '/environment')
      return (body as { organization_settings?: { enabled: boolean } }).organization_settings
    }
    expect(await enabled()).toMatchObject({ enabled: false })
    await instance.updateOrganizationSettings({ enabled: true })
    expect(await enabled()).toMatchObject({ enabled: true })
    expect((await organizations.getOrganizationList()).totalCount).toBe(0)
  } finally {
    await off.close()
  }
})

test('the webhooks verify with the SDK', async () => {
  const user = await target.createUser()
  const { id } = await newOrganization(user.id)
  await target.client.organizations.deleteOrganization(id)
  await expect
    .poll(() => events)
    .toEqual(
      expect.arrayContaining([
        'organization.created',
        'organizationMembership.created',
        'organizationInvitation.created',
        'organizationInvitation.accepted',
        'organizationMembership.deleted',
        'organization.deleted'
      ])
    )
})
