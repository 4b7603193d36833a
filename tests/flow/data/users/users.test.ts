import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import * as DataService from '@/lib/services/data'
import { recordVendorEvent } from '@/lib/services/data/vendor-events'
import { userActor } from '@/tests/support/actors'
import { app, auditActionsOf, connect, newUser, userVersionOf } from '@/tests/support/fixtures/data'
import { openTestStorage, type TestStorage } from '@/tests/support/storage'

let storage: TestStorage
beforeAll(async () => {
  storage = await openTestStorage()
})
afterAll(() => storage.close())

describe('users', () => {
  test('many simultaneous first requests create one user and one audit row', async () => {
    const user = userActor(`user_${randomUUID()}`)
    await Promise.all(Array.from({ length: 8 }, () => DataService.ensureUser(user)))
    expect(await auditActionsOf(storage, user)).toEqual(['user.created'])
  })

  test('the e-mail address may arrive before the user does, and only changes are notified', async () => {
    const user = userActor(`user_${randomUUID()}`)
    await DataService.saveUserEmail(app, user.userId, 'a@example.com')
    await DataService.saveUserEmail(app, user.userId, 'a@example.com')
    await DataService.ensureUser(user)
    expect(await DataService.findEmail(user)).toBe('a@example.com')
    expect(await userVersionOf(user)).toBe(1)
    await DataService.saveUserEmail(app, user.userId, null)
    expect(await DataService.findEmail(user)).toBeNull()
  })

  test("another user's address cannot be changed", async () => {
    const [one, two] = [await newUser(), await newUser()]
    await DataService.saveUserEmail(two, one.userId, 'two@example.com')
    expect(await DataService.findEmail(one)).toBeNull()
  })
})

describe('readUserVersions', () => {
  test('returns a rising version for every requested user, and nothing for others', async () => {
    const [one, two, quiet] = [await newUser(), await newUser(), await newUser()]
    await connect(one)
    await connect(two)
    const before = await DataService.readUserVersions([one.userId, quiet.userId, "x','y"])
    expect([...before.keys()]).toEqual([one.userId])
    await connect(one)
    const after = await DataService.readUserVersions([one.userId])
    expect(after.get(one.userId)?.version).toBeGreaterThan(before.get(one.userId)?.version ?? 0)
    expect(await DataService.readUserVersions([])).toEqual(new Map())
  })
})

describe('records', () => {
  test('an action without its own row is audited with its actor', async () => {
    const user = await newUser()
    await DataService.recordAudit(user, 'account.numbers_revealed', {
      subject: 'account-1',
      detail: { portals: 2 }
    })
    await DataService.recordAudit(app, 'house.kept', { subject: null, detail: {} })
    const columns = 'actor_kind, actor_id, user_id, subject, detail'
    expect(
      await storage.rows(
        `select ${columns} from audit_entries join audit_details on audit_id = id where action = 'account.numbers_revealed'`
      )
    ).toEqual([
      {
        actor_kind: 'person',
        actor_id: user.userId,
        user_id: user.userId,
        subject: 'account-1',
        detail: { portals: 2 }
      }
    ])
    expect(
      await storage.rows(
        `select ${columns} from audit_entries join audit_details on audit_id = id where action = 'house.kept'`
      )
    ).toEqual([
      { actor_kind: 'system', actor_id: 'test', user_id: null, subject: null, detail: {} }
    ])
  })

  const call = {
    service: 'plaid' as const,
    method: '/item/get',
    requestId: 'r1',
    userId: 'u',
    connectionId: null,
    durationMs: 12.7,
    errorType: null,
    errorCode: null
  }

  test("vendor calls are recorded, Plaid's also under the name plaid_api_events", async () => {
    await recordVendorEvent(call)
    await recordVendorEvent({
      ...call,
      service: 'jiko',
      method: 'GET /pockets',
      connectionId: 'not an id'
    })
    expect(
      await storage.rows('select method, request_id, duration_ms from plaid_api_events')
    ).toEqual([{ method: '/item/get', request_id: 'r1', duration_ms: 13 }])
    expect(await storage.rows('select 1 from vendor_events')).toHaveLength(2)
  })

  test('a vendor event that cannot be stored does not fail the call', async () => {
    await storage.rows('alter table vendor_events rename to away')
    await expect(recordVendorEvent(call)).resolves.toBeUndefined()
    await storage.rows('alter table away rename to vendor_events')
  })

  test("a Link event is stored and never points to another user's connection", async () => {
    const [owner, other] = [await newUser(), await newUser()]
    const connectionId = await connect(owner)
    const event = {
      type: 'exit' as const,
      linkSessionId: 's',
      requestId: null,
      status: 'requires_credentials',
      errorType: null,
      errorCode: null,
      institutionId: 'ins_1'
    }
    await DataService.recordLinkEvent(owner, { ...event, connectionId })
    await DataService.recordLinkEvent(other, { ...event, connectionId })
    await DataService.recordLinkEvent(other, { ...event, connectionId: 'none' })
    const rows = await storage.rows(
      'select user_id, connection_id, status from link_events order by created_at, connection_id nulls last'
    )
    expect(rows).toContainEqual({
      user_id: owner.userId,
      connection_id: connectionId,
      status: 'requires_credentials'
    })
    expect(
      rows
        .filter(({ user_id }) => user_id === other.userId)
        .map(({ connection_id }) => connection_id)
    ).toEqual([null, null])
  })
})
