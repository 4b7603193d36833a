import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { promisify } from 'node:util'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { UserActor } from '@/lib/domain/users/actor'
import { encrypt } from '@/lib/platform/crypto'
import { DataService, PangeaService } from '@/lib/services'
import { SOURCE_ARGS } from '@/scripts/source-args.mjs'
import { withEnvironment } from '@/tests/support/environment'
import { connect, newUser } from '@/tests/support/fixtures/data'
import { openTestStorage, type TestStorage } from '@/tests/support/storage'
import * as schema from '@/xata/schema'

const key = (id: string, fill: number) => `${id}:${Buffer.alloc(32, fill).toString('base64')}`
const OLD = key('old', 7)
const BOTH = `${key('new', 9)},${OLD}`
const under = <T>(keys: string, run: () => Promise<T>) =>
  withEnvironment({ ENCRYPTION_KEYS: keys }, run)

let storage: TestStorage
let user: UserActor
let connectionId: string

beforeAll(async () => {
  storage = await openTestStorage()
})
afterAll(() => storage.close())

beforeEach(async () => {
  await storage.rows('delete from users')
  await under(OLD, storeOneOfEach)
})

/** One value in every encrypted column, all under the old key. */
async function storeOneOfEach(): Promise<void> {
  user = await newUser()
  connectionId = await connect(user, { accessToken: 'access-sandbox-1' })
  await DataService.startApplication(user, { body: '{"sent":1}' })
  await DataService.startLinkSession(user, {
    purpose: 'link',
    connectionId: null,
    linkToken: 'link-sandbox-1',
    expiresAt: new Date(Date.now() + 3_600_000).toISOString()
  })
  const draft = { table: 'application_drafts', row: user.userId, owner: user.userId }
  await storage.rows('insert into application_drafts (user_id, sealed) values ($1, $2)', [
    user.userId,
    encrypt('{}', draft)
  ])
  await addQuarantined('{"row":1}')
}

async function addQuarantined(body: string): Promise<void> {
  const id = randomUUID()
  await storage.rows(
    `insert into quarantine (id, user_id, connection_id, kind, vendor_id, code, sealed_body, mapping_version)
      values ($1::uuid, $2, $3, 'transaction', $1::text, 'date', $4, 1)`,
    [
      id,
      user.userId,
      connectionId,
      encrypt(body, { table: 'quarantine', row: id, owner: user.userId })
    ]
  )
}

const readAll = async () => ({
  token: await DataService.getAccessToken(user, connectionId),
  body: (await DataService.findApplication(user))?.body,
  link: (await DataService.findLinkSession(user, null))?.linkToken,
  draft: (await DataService.getOnboardingFacts(user)).draft
})
const STORED = {
  token: 'access-sandbox-1',
  body: '{"sent":1}',
  link: 'link-sandbox-1',
  draft: {}
}
const valuesByKey = async () =>
  Object.fromEntries((await PangeaService.listKeyUse()).map((one) => [one.keyId, one.values]))

test('every encrypted column of the schema is rotated', () => {
  const sealed = Object.values(schema).flatMap((table) =>
    Object.values(table)
      .map(({ name }: { name?: string }) => name ?? '')
      .filter((name) => /^sealed(_|$)/.test(name))
  )
  expect(DataService.ENCRYPTED_COLUMNS.map(({ value }) => value).sort()).toEqual(sealed.sort())
})

describe('a rotation', () => {
  test('encrypts every value under the newest key, which alone then reads them', async () => {
    await under(BOTH, async () => {
      expect(await valuesByKey()).toEqual({ new: 0, old: 5 })
      expect(await PangeaService.rotateKeys()).toEqual({ changed: 5, unreadable: 0 })
      expect(await valuesByKey()).toEqual({ new: 5, old: 0 })
    })
    await under(key('new', 9), async () => {
      expect(await readAll()).toEqual(STORED)
      expect(await DataService.checkEncryption()).toBe('ok')
    })
  })

  test('that was interrupted is resumed where it stopped', async () => {
    for (const n of [1, 2, 3]) await under(OLD, () => addQuarantined(`{"more":${n}}`))
    await under(BOTH, async () => {
      const [first] = DataService.ENCRYPTED_COLUMNS.filter(({ name }) => name === 'quarantine')
      if (!first) throw new Error('no such column')
      await DataService.reencryptBatch(first, { after: null, limit: 3 })
      expect(await valuesByKey()).toEqual({ new: 3, old: 5 })
      expect(await PangeaService.rotateKeys({ batch: 1 })).toEqual({ changed: 5, unreadable: 0 })
      expect(await valuesByKey()).toEqual({ new: 8, old: 0 })
    })
  })

  test('that runs twice at once leaves every value readable', async () => {
    await under(BOTH, async () => {
      const rotations = [1, 2].map(() => PangeaService.rotateKeys({ batch: 1 }))
      const changed = (await Promise.all(rotations)).map((one) => one.changed)
      expect(changed.reduce((a, b) => a + b)).toBe(5)
      expect(await readAll()).toEqual(STORED)
    })
  })

  test('counts values that no key decrypts, and leaves them as they are', async () => {
    await under(`${key('new', 9)},${key('old', 8)}`, async () => {
      expect(await PangeaService.rotateKeys()).toEqual({ changed: 0, unreadable: 5 })
    })
    expect(await under(OLD, readAll)).toEqual(STORED)
  })

  test('does not change the time when an access token was issued', async () => {
    const issued = () =>
      storage.rows('select updated_at from connection_secrets where connection_id = $1', [
        connectionId
      ])
    const before = await issued()
    await under(BOTH, () => PangeaService.rotateKeys())
    expect(await issued()).toEqual(before)
  })
})

test('readiness notices a wrong key of any table, not only of access tokens', async () => {
  await under(OLD, async () => {
    await storage.rows("update application_drafts set sealed = 'gone.' || sealed")
    expect(await DataService.checkEncryption()).toBe('key_wrong')
  })
})

describe('a key', () => {
  test('is not retired while a value uses it, and is once none does', async () => {
    await under(BOTH, async () => {
      expect(await PangeaService.retireKey('old')).toEqual({ outcome: 'in_use', values: 5 })
      await PangeaService.rotateKeys()
      expect(await PangeaService.retireKey('old')).toEqual({ outcome: 'retired' })
      expect(await PangeaService.retireKey('new')).toEqual({ outcome: 'newest', values: 5 })
      expect(await PangeaService.retireKey('other')).toEqual({ outcome: 'unknown', values: 0 })
    })
    const audited = await storage.rows(
      "select action, subject from audit_entries join audit_details on audit_id = id where action like 'encryption.%' order by created_at desc limit 1"
    )
    expect(audited).toEqual([{ action: 'encryption.key_retired', subject: 'old' }])
  })

  test('is not retired while a staged page of a running sync uses it', async () => {
    await under(BOTH, async () => {
      await PangeaService.rotateKeys()
      await storage.rows(
        `insert into sync_pages (run_id, lease_token, n, payload)
          select id, gen_random_uuid(), 0, '{"quarantined":[{"sealed_body":"old.x"}]}' from sync_runs where connection_id = $1`,
        [connectionId]
      )
      expect(await PangeaService.retireKey('old')).toEqual({ outcome: 'in_use', values: 1 })
    })
  })
})

describe('npm run keys:rotate', () => {
  const run = (keys: string, ...args: string[]) =>
    promisify(execFile)(
      process.execPath,
      [...SOURCE_ARGS, 'scripts/operations/rotate-keys.ts', ...args],
      { env: { ...process.env, ENCRYPTION_KEYS: keys } }
    ).then(
      ({ stdout }) => ({ code: 0, text: stdout }),
      ({ code, stdout, stderr }) => ({ code, text: `${stdout}${stderr}` })
    )

  test('prints how many values use each key, and ends with an error while a key is in use', {
    timeout: 120_000
  }, async () => {
    const { code, text } = await run(BOTH, '--retire=old')
    expect(text).toContain('· new: encrypts new values, 0 values')
    expect(text).toContain('· old: still in use, 5 values (application_drafts 1, ')
    expect(text).toContain('old is not retired: 5 stored values use it')
    expect(code).toBe(1)
    expect(text).not.toMatch(/sandbox-1/)
  })
})
