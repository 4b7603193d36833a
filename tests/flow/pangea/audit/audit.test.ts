import { randomUUID } from 'node:crypto'
import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { DataService, PangeaService } from '@/lib/services'
import { userActor } from '@/tests/support/actors'
import { problemsOf, sealedLog } from '@/tests/support/audit'
import { resetSingletons, withEnvironment } from '@/tests/support/environment'
import { app, newUser } from '@/tests/support/fixtures/data'
import { captureLogs } from '@/tests/support/leaks'
import { openTestStorage, type TestStorage } from '@/tests/support/storage'

let storage: TestStorage
beforeAll(async () => {
  storage = await openTestStorage()
})
afterAll(() => storage.close())

let headsFile: string
beforeEach(async () => {
  await storage.rows('truncate audit_entries, audit_details, audit_seals, audit_checkpoints')
  headsFile = join(mkdtempSync(join(tmpdir(), 'pangea-audit-')), 'heads.jsonl')
  resetSingletons('audit-heads')
})
afterEach(() => rmSync(dirname(headsFile), { recursive: true }))
const withHeads = <T>(run: () => Promise<T>, more: Record<string, string> = {}) =>
  withEnvironment({ AUDIT_HEADS_FILE: headsFile, ...more }, run)
const publishedHeads = () =>
  readFileSync(headsFile, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line))
const note = (action: string) => DataService.recordAudit(app, action, { subject: null, detail: {} })

describe('the audit log', () => {
  test('names who acted, in which session, from which network, and with which outcome', async () => {
    const { userId } = await newUser()
    const user = userActor(userId, 'sess_1', undefined, '192.0.2.0')
    await DataService.recordAudit(user, 'data.exported', { subject: 'all', detail: { files: 2 } })
    const { items } = await DataService.listAudit({ text: 'data.', cursor: null })
    expect(items).toMatchObject([
      {
        actorId: userId,
        userId,
        sessionId: 'sess_1',
        network: '192.0.2.0',
        action: 'data.exported',
        outcome: 'success',
        subject: 'all'
      }
    ])
  })

  test('publishes the end of its chain to the file, readable by its owner only, and to the log', async () => {
    const logs = captureLogs()
    await note('first')
    await withHeads(() => PangeaService.sealAudit())
    await note('second')
    await withHeads(() => PangeaService.sealAudit())
    await withHeads(() => PangeaService.sealAudit())
    const heads = publishedHeads()
    expect(heads.map(({ n }) => n)).toEqual([1, 2])
    expect(logs()).toContain(heads[1].digest)
    expect(statSync(headsFile).mode & 0o777).toBe(0o600)
  })

  test('published by a process that died, an end is published by the next one', async () => {
    await note('first')
    await DataService.sealEntries({ limit: 10 })
    await withHeads(() => PangeaService.sealAudit())
    expect(publishedHeads()).toHaveLength(1)
  })

  test('is verified against the file, of which an unreadable line is reported too', async () => {
    await note('first')
    await note('second')
    await withHeads(() => PangeaService.sealAudit())
    expect(await withHeads(() => PangeaService.verifyAudit())).toMatchObject({
      heads: 1,
      problems: []
    })
    await storage.rows('delete from audit_seals where n = 2')
    await storage.rows(`delete from audit_entries where action = 'second'`)
    const { problems } = await withHeads(() => PangeaService.verifyAudit())
    expect(problems.map(({ problem }) => problem)).toEqual(['end_cut_off'])
    writeFileSync(headsFile, '')
    appendFileSync(headsFile, 'not a head\n')
    expect((await withHeads(() => PangeaService.verifyAudit())).problems).toHaveLength(1)
  })

  test('is sealed by two processes at once without a gap', async () => {
    for (let n = 0; n < 12; n++) await note(`event.${n}`)
    await Promise.allSettled(
      [1, 2, 3].map(async () => {
        for (let sealed = 1; sealed > 0; ) sealed = await DataService.sealEntries({ limit: 2 })
      })
    )
    while ((await DataService.sealEntries({ limit: 2 })) > 0);
    expect(await problemsOf()).toEqual([])
    expect((await DataService.findHead())?.n).toBe(12)
  })

  test('continues under a new key, and names the key that is missing', async () => {
    await note('first')
    await DataService.sealEntries({ limit: 10 })
    const before = process.env.AUDIT_KEYS ?? ''
    const newer = `b2:${Buffer.alloc(32, 9).toString('base64')}`
    await withHeads(
      async () => {
        await note('second')
        await DataService.sealEntries({ limit: 10 })
        expect(await problemsOf()).toEqual([])
        expect((await DataService.findHead())?.keyId).toBe('b2')
      },
      { AUDIT_KEYS: `${newer},${before}` }
    )
    await withHeads(async () => expect(await problemsOf()).toEqual(['unknown_key']), {
      AUDIT_KEYS: newer
    })
  })

  test('keeps what an earlier version wrote, in order and before newer entries', async () => {
    const userId = `user_${randomUUID()}`
    await storage.rows(
      `insert into audit_log (id, actor_kind, actor_id, user_id, action, subject, detail, created_at)
       select gen_random_uuid(), 'person', 'user_admin', $1, 'old.' || n, 'subject', jsonb_build_object('reason', 'They called', 'n', n), now() - interval '9 days' + n * interval '1 hour' from generate_series(1, 5) n`,
      [userId]
    )
    await note('new')
    await PangeaService.sealAudit({ batch: 2 })
    expect(await storage.rows('select 1 from audit_log')).toEqual([])
    const sealed = await storage.rows(
      `select action, reason, detail from audit_seals s join audit_entries e on e.id = s.audit_id join audit_details d on d.audit_id = e.id order by n`
    )
    expect(sealed).toEqual([
      ...[1, 2, 3, 4, 5].map((n) => ({ action: `old.${n}`, reason: 'They called', detail: { n } })),
      { action: 'new', reason: null, detail: {} }
    ])
    expect(await problemsOf()).toEqual([])
  })

  test('is exported as JSON lines with the seal of each entry, and the export is an entry', async () => {
    await note('first')
    await DataService.sealEntries({ limit: 10 })
    let text = ''
    for await (const lines of PangeaService.exportAudit()) text += lines
    const rows = text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(rows).toMatchObject([
      { n: 1, action: 'first', actorId: 'test', outcome: 'success', digest: expect.any(String) },
      { n: null, action: 'audit.exported', actorId: 'operator', digest: null }
    ])
  })
})

describe('the daily check', () => {
  const oldEntries = () =>
    storage.rows(`update audit_entries set created_at = created_at - interval '90 days'`)

  test('deletes entries past their retention behind a signed checkpoint, and records it', async () => {
    await note('first')
    await note('second')
    await oldEntries()
    await note('third')
    await withHeads(() => PangeaService.sealAudit())
    await withHeads(() => PangeaService.checkAudit(), { AUDIT_RETENTION_DAYS: '30' })
    await withHeads(() => PangeaService.sealAudit())
    expect(await withHeads(() => PangeaService.verifyAudit())).toMatchObject({
      sealed: 2,
      problems: []
    })
    expect(
      await storage.rows('select action, detail from audit_entries order by created_at')
    ).toEqual([
      { action: 'third', detail: {} },
      { action: 'audit.pruned', detail: { entries: 2 } }
    ])
  })

  test('reports a changed log and deletes nothing from it', async () => {
    await note('first')
    await oldEntries()
    await note('second')
    await withHeads(() => PangeaService.sealAudit())
    await storage.rows(`update audit_entries set action = 'other' where action = 'first'`)
    const logs = captureLogs()
    await withHeads(() => PangeaService.checkAudit(), { AUDIT_RETENTION_DAYS: '30' })
    expect(logs()).toContain('audit.broken')
    expect(await storage.rows('select 1 from audit_entries')).toHaveLength(2)
  })

  test('and the sealing run as jobs that become due again', async () => {
    await sealedLog(storage, 1)
    await note('later')
    await DataService.ensureSystemJobs()
    await DataService.ensureSystemJobs()
    expect(await PangeaService.runDueJobs()).toBeGreaterThanOrEqual(2)
    expect(
      await storage.rows(
        'select kind, status, attempts, run_at > now() as later from system_jobs order by kind'
      )
    ).toEqual([
      { kind: 'check_audit', status: 'pending', attempts: 0, later: true },
      { kind: 'encrypt_names', status: 'pending', attempts: 0, later: true },
      { kind: 'seal_audit', status: 'pending', attempts: 0, later: true },
      { kind: 'tell_waiting_users', status: 'pending', attempts: 0, later: true }
    ])
    expect((await DataService.verifyAudit([])).waiting).toBe(0)
  })
})
