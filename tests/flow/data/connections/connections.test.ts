import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import * as DataService from '@/lib/services/data'
import {
  account,
  app,
  auditActionsOf,
  connect,
  newConnection,
  newUser,
  userVersionOf
} from '@/tests/support/fixtures/data'
import { openTestStorage, type TestStorage } from '@/tests/support/storage'

let storage: TestStorage
beforeAll(async () => {
  storage = await openTestStorage()
})
afterAll(() => storage.close())

describe('saveConnection', () => {
  test('stores connection, encrypted token, accounts, a first sync, audit and change together', async () => {
    const user = await newUser()
    const before = await userVersionOf(user)
    const input = newConnection({
      accounts: [
        account('checking'),
        account('card', { type: 'credit', limit: { minor: 500_000n, currency: 'USD' } })
      ]
    })
    expect(await DataService.saveConnection(user, input)).toEqual({
      outcome: 'stored',
      connectionId: input.id
    })
    expect(await DataService.getConnection(user, input.id)).toMatchObject({
      userId: user.userId,
      plaidItemId: input.plaidItemId,
      institutionName: 'First Platypus Bank',
      status: 'good',
      cursor: null,
      history: 'NOT_READY',
      accountIds: [expect.any(String), expect.any(String)],
      sync: { status: 'pending', trigger: 'link' }
    })
    expect(await auditActionsOf(storage, user)).toEqual(['user.created', 'connection.stored'])
    expect(await userVersionOf(user)).toBe(before + 1)
    const [secret] = await storage.rows<{ sealed_access_token: string }>(
      'select * from connection_secrets where connection_id = $1',
      [input.id]
    )
    expect(JSON.stringify(secret)).not.toContain(input.accessToken)
    const [row] = await storage.rows('select * from bank_connections where id = $1', [input.id])
    expect(JSON.stringify(row)).not.toContain('access-sandbox')
  })

  test('returns the stored connection for a repeated public token or Item, also concurrently', async () => {
    const user = await newUser()
    const input = newConnection()
    const outcomes = await Promise.all(
      Array.from({ length: 5 }, () =>
        DataService.saveConnection(user, { ...input, id: randomUUID() })
      )
    )
    expect(outcomes.map(({ outcome }) => outcome).sort()).toEqual([
      'already_stored',
      'already_stored',
      'already_stored',
      'already_stored',
      'stored'
    ])
    expect(new Set(outcomes.map(({ connectionId }) => connectionId)).size).toBe(1)
    const sameItem = newConnection({ plaidItemId: input.plaidItemId, accounts: [account('other')] })
    expect((await DataService.saveConnection(user, sameItem)).outcome).toBe('already_stored')
    expect(await DataService.listConnections(user)).toHaveLength(1)
  })

  test('two simultaneous links of one login store one connection; the other is refused', async () => {
    const user = await newUser()
    const institution = { id: 'ins_race', name: 'Race Bank' }
    const links = await Promise.allSettled(
      [1, 2, 3].map(() => DataService.saveConnection(user, newConnection({ institution })))
    )
    expect(links.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected', 'rejected'])
    for (const link of links)
      if (link.status === 'rejected') expect(link.reason).toMatchObject({ code: 'conflict' })
    expect(await DataService.listConnections(user)).toHaveLength(1)
  })

  test("refuses another user's Item without naming it", async () => {
    const [owner, other] = [await newUser(), await newUser()]
    const input = newConnection()
    await DataService.saveConnection(owner, input)
    await expect(
      DataService.saveConnection(other, { ...input, id: randomUUID() })
    ).rejects.toMatchObject({ code: 'conflict' })
    expect(await DataService.findConnectionByPublicToken(other, input.publicTokenHash)).toBeNull()
    expect(await DataService.findConnectionByPublicToken(owner, input.publicTokenHash)).toBe(
      input.id
    )
    expect(await DataService.listConnections(other)).toEqual([])
  })
})

describe('findDuplicate', () => {
  const accounts = [
    account('a', { name: 'Checking', mask: '1111' }),
    account('b', { name: 'Savings', mask: '2222', subtype: 'savings' })
  ]
  const described = (more: Partial<(typeof accounts)[number]> = {}) =>
    accounts.map(({ name, mask, subtype, persistentAccountId }) => ({
      name,
      mask,
      subtype,
      persistentAccountId,
      ...more
    }))

  test('a login whose accounts are all known, by bank, mask, subtype and name or by persistent id, is a duplicate for this user only', async () => {
    const [user, other] = [await newUser(), await newUser()]
    const institution = { id: 'ins_dup', name: 'Twice Bank' }
    const id = await connect(user, {
      institution,
      accounts: [
        ...accounts,
        account('c', { mask: null, subtype: null, persistentAccountId: 'same' })
      ]
    })
    const third = { name: 'Account c', mask: null, subtype: null, persistentAccountId: null }
    expect(
      await DataService.findDuplicate(user, {
        institutionId: 'ins_dup',
        accounts: [third, ...described()]
      })
    ).toBe(id)
    expect(
      await DataService.findDuplicate(other, {
        institutionId: 'ins_dup',
        accounts: [third, ...described()]
      })
    ).toBeNull()
    expect(
      await DataService.findDuplicate(user, {
        institutionId: 'ins_dup',
        accounts: described().slice(1)
      })
    ).toBe(id)
    expect(
      await DataService.findDuplicate(user, {
        institutionId: 'ins_dup',
        accounts: [...described(), { ...third, mask: '7' }]
      })
    ).toBeNull()
    const elsewhere = [{ name: 'Renamed', mask: '9', subtype: null, persistentAccountId: 'same' }]
    expect(
      await DataService.findDuplicate(user, { institutionId: 'ins_other', accounts: elsewhere })
    ).toBe(id)
  })

  test('other accounts at the same bank, the same accounts at another bank, and an empty list are no duplicates', async () => {
    const user = await newUser()
    const id = await connect(user, { institution: { id: 'ins_a', name: 'A' }, accounts })
    expect(
      await DataService.findDuplicate(user, {
        institutionId: 'ins_a',
        accounts: described({ mask: '3333' })
      })
    ).toBeNull()
    expect(
      await DataService.findDuplicate(user, { institutionId: 'ins_b', accounts: described() })
    ).toBeNull()
    expect(
      await DataService.findDuplicate(user, { institutionId: null, accounts: described() })
    ).toBeNull()
    expect(
      await DataService.findDuplicate(user, { institutionId: 'ins_a', accounts: [] })
    ).toBeNull()
    await storage.rows('update bank_connections set removed_at = now() where id = $1', [id])
    expect(
      await DataService.findDuplicate(user, { institutionId: 'ins_a', accounts: described() })
    ).toBeNull()
  })
})

describe('getAccessToken', () => {
  test('decrypts the token for the system and, audited, for the owner, and for no other user', async () => {
    const [owner, other] = [await newUser(), await newUser()]
    const input = newConnection()
    await DataService.saveConnection(owner, input)
    expect(await DataService.getAccessToken(app, input.id)).toBe(input.accessToken)
    expect(await auditActionsOf(storage, owner)).not.toContain('connection.token_used')
    expect(await DataService.getAccessToken(owner, input.id)).toBe(input.accessToken)
    expect(await auditActionsOf(storage, owner)).toContain('connection.token_used')
    for (const id of [input.id, randomUUID(), 'none'])
      await expect(DataService.getAccessToken(other, id)).rejects.toMatchObject({
        code: 'not_found'
      })
    expect(await auditActionsOf(storage, other)).toEqual(['user.created'])
  })

  test('a token moved to another connection does not decrypt', async () => {
    const user = await newUser()
    const [mine, moved] = [await connect(user), await connect(await newUser())]
    await storage.rows(
      'update connection_secrets set sealed_access_token = (select sealed_access_token from connection_secrets where connection_id = $1) where connection_id = $2',
      [moved, mine]
    )
    await expect(DataService.getAccessToken(user, mine)).rejects.toMatchObject({
      service: 'xata',
      code: 'SEAL_BROKEN'
    })
  })
})
