import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { createDatabase } from '@/tests/delivery/support/databases'
import {
  checkOut,
  commitBeforeNewestMigration,
  runStorageTests,
  startTraffic
} from '@/tests/delivery/support/previous-version'
import { migrate } from '@/xata/migrate'
import { SESSION_SETTINGS, saveSessionSettings } from '@/xata/session-settings'

const serverUrl = process.env.TEST_DATABASE_URL ?? ''
const TCP = { over: 'tcp', gatewayUrl: null } as const
const LIMIT_MS = 16 * 60_000

/** Commits since the migrations were squashed; the last one is what a deployment runs before this one. */
const VERSIONS = [
  { name: 'before messages', commit: '816223cc0a628f0951b6c14062ad08d14a3bd260' },
  { name: 'before row-level security', commit: '0a6e163be2f55963111c4b58c43f4e61a0bd548a' },
  { name: 'before the newest migration', commit: commitBeforeNewestMigration() }
]

describe.each(VERSIONS)('the version $name', ({ name, commit }) => {
  const folder = checkOut(commit)
  afterAll(() => {
    if (folder) rmSync(folder, { recursive: true })
  })

  test('loses no request while its database is migrated to today’s schema, and none after that', {
    timeout: LIMIT_MS
  }, async ({ skip }) => {
    if (!folder) return skip('the history does not reach back to this commit')
    const url = await createDatabase('previous')
    await migrate(url, { folder: join(folder, 'xata', 'migrations') })
    await saveSessionSettings(url, SESSION_SETTINGS.pangea_worker, TCP)
    const traffic = startTraffic(folder, url)
    const more = async (count: number) => {
      const before = traffic.requests()
      await expect.poll(traffic.requests, { timeout: 60_000 }).toBeGreaterThan(before + count)
    }
    await more(100)
    expect(await migrate(url)).toBeGreaterThan(0)
    await more(300)
    const { requests, failed, slowestMs } = await traffic.stop()
    console.log(`figures: version ${name}: ${requests} requests, slowest ${slowestMs} ms`)
    expect(failed).toEqual([])
  })

  test('passes its own storage tests beside today’s schema', { timeout: LIMIT_MS }, async ({
    skip
  }) => {
    if (!folder) return skip('the history does not reach back to this commit')
    expect(await runStorageTests(folder, serverUrl)).toBeNull()
  })
})
