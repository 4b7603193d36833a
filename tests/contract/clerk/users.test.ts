import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  clientWith,
  failureOf,
  freshEmail,
  mintSession,
  openTarget,
  PASSWORD,
  type Target
} from '@/tests/contract/clerk/target'

let target: Target
beforeAll(async () => {
  target = await openTarget()
})
afterAll(() => target.close())

describe('users through the Backend API', () => {
  test('a created user is found by id, address, part of a name and external id', async () => {
    const externalId = `ext_${Date.now()}`
    const user = await target.createUser({
      firstName: `Ada${Date.now()}`,
      lastName: 'Lovelace',
      externalId
    })
    const address = user.primaryEmailAddress?.emailAddress ?? ''
    expect(await target.client.users.getUser(user.id)).toMatchObject({
      id: user.id,
      passwordEnabled: true,
      externalId
    })
    for (const query of [
      { emailAddress: [address] },
      { query: user.firstName ?? '' },
      { externalId: [externalId] },
      { userId: [user.id] }
    ]) {
      const found = await target.client.users.getUserList(query)
      expect(found.data.map((u) => u.id)).toEqual([user.id])
      expect(found.totalCount).toBe(1)
    }
  })

  test('the list is paged and ordered as requested', async () => {
    const users = [await target.createUser(), await target.createUser(), await target.createUser()]
    const userId = users.map((u) => u.id)
    const first = await target.client.users.getUserList({
      userId,
      orderBy: '+created_at',
      limit: 2
    })
    const rest = await target.client.users.getUserList({
      userId,
      orderBy: '+created_at',
      limit: 2,
      offset: 2
    })
    expect([...first.data, ...rest.data].map((u) => u.createdAt)).toEqual(
      users.map((u) => u.createdAt).sort((a, b) => a - b)
    )
    expect(new Set([...first.data, ...rest.data].map((u) => u.id))).toEqual(new Set(userId))
    expect(first.totalCount).toBe(3)
    const newestFirst = await target.client.users.getUserList({ userId, orderBy: '-created_at' })
    expect(newestFirst.data.map((u) => u.createdAt)).toEqual(
      users.map((u) => u.createdAt).sort((a, b) => b - a)
    )
  })

  test('names change, metadata merges deeply and null removes a key', async () => {
    const user = await target.createUser()
    await target.client.users.updateUser(user.id, { firstName: 'Grace' })
    await target.client.users.updateUserMetadata(user.id, {
      publicMetadata: { plan: { tier: 'a', seats: 1 } },
      privateMetadata: { note: 'x' }
    })
    const merged = await target.client.users.updateUserMetadata(user.id, {
      publicMetadata: { plan: { tier: 'b' } },
      privateMetadata: { note: null }
    })
    expect(merged).toMatchObject({
      firstName: 'Grace',
      publicMetadata: { plan: { tier: 'b', seats: 1 } },
      privateMetadata: {}
    })
  })

  test('the right password is verified and a wrong one refused', async () => {
    const user = await target.createUser()
    expect(
      await target.client.users.verifyPassword({ userId: user.id, password: PASSWORD })
    ).toEqual({ verified: true })
    expect(
      await failureOf(
        target.client.users.verifyPassword({ userId: user.id, password: 'wrong-password' })
      )
    ).toMatchObject({
      status: 422,
      code: 'incorrect_password'
    })
  })

  test('a taken address, a short password, an unknown id and a wrong key are refused with their codes', async () => {
    const user = await target.createUser()
    const emailAddress = [user.primaryEmailAddress?.emailAddress ?? '']
    expect(
      await failureOf(target.client.users.createUser({ emailAddress, password: PASSWORD }))
    ).toMatchObject({ status: 422, code: 'form_identifier_exists' })
    expect(
      await failureOf(
        target.client.users.createUser({ emailAddress: [freshEmail()], password: 'short' })
      )
    ).toEqual({
      status: 422,
      code: 'form_password_length_too_short',
      param: 'password'
    })
    expect(await failureOf(target.client.users.getUser('user_unknown'))).toMatchObject({
      status: 404,
      code: 'resource_not_found'
    })
    const otherUser = clientWith(target, 'sk_test_wrong')
    expect(await failureOf(otherUser.users.getCount())).toMatchObject({
      status: 401,
      code: 'clerk_key_invalid'
    })
  })

  test('a deleted user is gone with all sessions', async () => {
    const user = await target.createUser()
    const { session } = await mintSession(target, user.id)
    expect(await target.client.users.deleteUser(user.id)).toMatchObject({
      id: user.id,
      deleted: true
    })
    expect(await failureOf(target.client.users.getUser(user.id))).toMatchObject({ status: 404 })
    expect(await failureOf(target.client.sessions.getToken(session.id))).toMatchObject({
      status: 404
    })
  })
})
