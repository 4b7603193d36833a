import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Head } from '@/lib/domain/audit/chain'
import * as DataService from '@/lib/services/data'
import {
  auditColumns,
  backUpLog,
  changeOneByte,
  problemsOf,
  sealedLog
} from '@/tests/support/audit'
import { app } from '@/tests/support/fixtures/data'
import { openTestStorage, type TestStorage } from '@/tests/support/storage'

const CHANGES = process.env.TEST_LONG ? 10_000 : 60

let storage: TestStorage
let restore: () => Promise<void>
let head: Head
beforeAll(async () => {
  storage = await openTestStorage()
  await sealedLog(storage, 8)
  // Some entries behind a checkpoint, some whose user was erased.
  expect(await DataService.pruneAudit({ before: new Date(Date.now() + 60_000), limit: 5 })).toBe(5)
  await eraseOneUser()
  const found = await DataService.findHead()
  if (!found) throw new Error('nothing is sealed')
  head = found
  restore = await backUpLog(storage)
})
afterAll(() => storage.close())

async function eraseOneUser() {
  const [user] = await storage.rows<{ id: string }>(
    'select id from users order by created_at desc limit 1'
  )
  await storage.rows('update bank_connections set removed_at = now()')
  await DataService.requestDeletion(app, { userId: user?.id ?? '', origin: 'admin' })
  await storage.rows(`update notices set status = 'completed'`)
  const deletion = await DataService.claimDeletion(app, { leaseMs: 60_000 })
  if (!deletion) throw new Error('no deletion')
  expect(await DataService.eraseUser(deletion)).toBe(true)
  await DataService.completeDeletion(deletion)
  while ((await DataService.sealEntries({ limit: 500 })) > 0);
}

const third = '(select n from audit_seals order by n offset 2 limit 1)'
const thirdEntry = `(select audit_id from audit_seals where n = ${third})`

describe('the verification of the audit log', () => {
  test('finds nothing in a log that was only written to, pruned and erased from', async () => {
    expect(await problemsOf([head])).toEqual([])
    const { sealed, waiting } = await DataService.verifyAudit([head])
    expect({ sealed: sealed > 15, waiting }).toEqual({ sealed: true, waiting: 0 })
    const erased = await storage.rows('select 1 from audit_details where erased_digest is not null')
    expect(erased.length).toBeGreaterThan(3)
  })

  test.each<[string, string, string[]]>([
    [
      'a changed entry',
      `update audit_entries set action = 'x' where id = ${thirdEntry}`,
      ['entry_changed']
    ],
    [
      'changed details',
      `update audit_details set reason = 'x' where audit_id = ${thirdEntry}`,
      ['details_changed']
    ],
    [
      'details that pretend an erasure',
      `update audit_details set user_id = 'erased:x', erased_key_id = 'audit', erased_digest = 'x' where audit_id = ${thirdEntry}`,
      ['details_changed']
    ],
    [
      'a removed entry',
      `delete from audit_entries where id = ${thirdEntry}`,
      ['details_removed', 'entry_removed']
    ],
    [
      'removed details',
      `delete from audit_details where audit_id = ${thirdEntry}`,
      ['details_removed']
    ],
    [
      'a removed seal',
      `delete from audit_seals where n = ${third}`,
      ['entry_changed', 'seal_removed']
    ],
    [
      'an entry that was removed with its seal',
      `with gone as (delete from audit_seals where n = ${third} returning audit_id) delete from audit_entries where id in (select audit_id from gone)`,
      ['entry_changed', 'seal_removed']
    ],
    [
      'an entry in the past',
      `insert into audit_entries (id, actor_kind, action, outcome, created_at) values (gen_random_uuid(), 'person', 'x', 'success', now() - interval '2 hours')`,
      ['entry_inserted']
    ],
    [
      'a removed checkpoint',
      'delete from audit_checkpoints',
      ['checkpoint_removed', 'entry_changed']
    ],
    ['a changed checkpoint', 'update audit_checkpoints set removed = 1', ['checkpoint_changed']],
    [
      'entries removed from the beginning',
      `with gone as (delete from audit_seals where n < ${third} returning audit_id) delete from audit_entries where id in (select audit_id from gone)`,
      ['entry_changed', 'seal_removed']
    ],
    [
      'entries cut off at the end',
      `with gone as (delete from audit_seals where n > ${third} returning audit_id) delete from audit_entries where id in (select audit_id from gone)`,
      ['end_cut_off']
    ],
    [
      'a log that was emptied',
      'truncate audit_entries, audit_details, audit_seals',
      ['end_cut_off']
    ]
  ])('finds %s', async (_, change, problems) => {
    await storage.rows(change)
    try {
      expect(await problemsOf([head])).toEqual(problems)
    } finally {
      await restore()
    }
  })

  test('finds a published end that the log does not have', async () => {
    expect(await problemsOf([head, { ...head, digest: 'another' }])).toEqual(['head_differs'])
  })

  test(`finds a change of any single byte, ${CHANGES} times`, { timeout: 3_600_000 }, async () => {
    const columns = await auditColumns(storage)
    const missed: string[] = []
    for (let done = 0; done < CHANGES; ) {
      const column = columns[Math.floor(Math.random() * columns.length)]
      const changed = column && (await changeOneByte(storage, column))
      if (!changed) continue
      if ((await problemsOf([head])).length === 0) missed.push(changed.what)
      await changed.undo()
      done++
    }
    expect(missed).toEqual([])
    expect(await problemsOf([head]), 'all changes were undone').toEqual([])
  })
})
