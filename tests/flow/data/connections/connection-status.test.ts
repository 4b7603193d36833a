import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import * as DataService from '@/lib/services/data'
import {
  app,
  auditActionsOf,
  connect,
  newConnection,
  newUser,
  sync,
  userVersionOf
} from '@/tests/support/fixtures/data'
import { openTestStorage, type TestStorage } from '@/tests/support/storage'

let storage: TestStorage
beforeAll(async () => {
  storage = await openTestStorage()
})
afterAll(() => storage.close())

describe('saveItemStatus', () => {
  const bad = { status: 'bad' as const, errorType: 'ITEM_ERROR', errorCode: 'ITEM_LOGIN_REQUIRED' }

  test('a new status is stored, audited and notified once; a repeated one is not', async () => {
    const user = await newUser()
    const id = await connect(user)
    await DataService.saveItemStatus(app, id, {
      ...bad,
      consentExpiresAt: '2027-01-02T03:04:05.000Z',
      bankDataAt: '2026-11-20T00:00:00.000Z'
    })
    const told = await userVersionOf(user)
    await DataService.saveItemStatus(app, id, bad)
    expect(await userVersionOf(user)).toBe(told)
    expect(
      (await auditActionsOf(storage, user)).filter(
        (action) => action === 'connection.status_changed'
      )
    ).toHaveLength(1)
    expect(await DataService.getConnection(user, id)).toMatchObject({
      ...bad,
      consentExpiresAt: '2027-01-02T03:04:05.000Z',
      bankDataAt: '2026-11-20T00:00:00.000Z'
    })
  })

  test("another user's connection is not found and stays unchanged", async () => {
    const owner = await newUser()
    const id = await connect(owner)
    await expect(DataService.saveItemStatus(await newUser(), id, bad)).rejects.toMatchObject({
      code: 'not_found'
    })
    await expect(DataService.saveItemStatus(app, 'none', bad)).rejects.toMatchObject({
      code: 'not_found'
    })
    expect((await DataService.getConnection(owner, id)).status).toBe('good')
  })
})

describe('reading connections', () => {
  test("another user's connections and accounts are not returned", async () => {
    const [owner, other] = [await newUser(), await newUser()]
    const id = await connect(owner)
    await expect(DataService.getConnection(other, id)).rejects.toMatchObject({ code: 'not_found' })
    await expect(DataService.getConnection(owner, 'none')).rejects.toMatchObject({
      code: 'not_found'
    })
    expect([
      await DataService.listConnections(other),
      await DataService.listAccounts(other)
    ]).toEqual([[], []])
  })

  test("the system finds an Item with its owner, and institution data appears in all users' connections", async () => {
    const user = await newUser()
    const input = newConnection({ institution: { id: 'ins_logo', name: 'Before' } })
    await DataService.saveConnection(user, input)
    expect(await DataService.findConnectionByItem(input.plaidItemId)).toEqual({
      id: input.id,
      userId: user.userId
    })
    expect(await DataService.findConnectionByItem('none')).toBeNull()
    const institution = { id: 'ins_logo', name: 'After', logo: 'aGk=' }
    const told = await userVersionOf(user)
    await DataService.saveInstitution(institution)
    await DataService.saveInstitution(institution)
    expect(await userVersionOf(user)).toBe(told + 1)
    expect(await DataService.getConnection(user, input.id)).toMatchObject({
      institutionName: 'After',
      logo: 'aGk='
    })
    expect((await DataService.listAccounts(user))[0]?.institutionName).toBe('After')
    await DataService.saveInstitution({ ...institution, logo: null })
    expect(await userVersionOf(user)).toBe(told + 2)
    expect(await DataService.getConnection(user, input.id)).toMatchObject({ logo: null })
  })
})

describe('listStaleConnections', () => {
  const silent = async (loadingSeconds: number, seconds: number) => {
    const ago = (s: number) => new Date(Date.now() - s * 1000)
    const found = await DataService.listStaleConnections({
      loadingBefore: ago(loadingSeconds),
      before: ago(seconds),
      mappingVersion: 1,
      limit: 1_000
    })
    return found.map(({ id }) => id)
  }

  test('lists loading connections after a short silence, and all others after a long one', async () => {
    const user = await newUser()
    const [loading, done, waiting, bad] = [
      await connect(user),
      await connect(user),
      await connect(user),
      await connect(user)
    ]
    await sync(storage, loading, [], { history: 'INITIAL_UPDATE_COMPLETE' })
    await sync(storage, done, [])
    await sync(storage, bad, [], { status: 'bad' })
    await storage.rows(
      `update sync_runs set finished_at = now() - interval '60 seconds' where status = 'completed'`
    )
    const short = await silent(30, 3_600)
    expect([
      short.includes(loading),
      short.includes(done),
      short.includes(waiting),
      short.includes(bad)
    ]).toEqual([true, false, false, false])
    const long = await silent(30, 30)
    expect([
      long.includes(loading),
      long.includes(done),
      long.includes(waiting),
      long.includes(bad)
    ]).toEqual([true, true, false, false])
    expect((await silent(120, 120)).includes(loading)).toBe(false)
  })
})
