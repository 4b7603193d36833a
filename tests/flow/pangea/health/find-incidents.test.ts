import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { PangeaService } from '@/lib/services'
import { resetSingletons } from '@/tests/support/environment'
import { connect, newUser } from '@/tests/support/fixtures/data'
import { openTestStorage, type TestStorage } from '@/tests/support/storage'

let storage: TestStorage
let connectionId: string
beforeAll(async () => {
  storage = await openTestStorage()
  connectionId = await connect(await newUser(), {
    institution: { id: 'ins_platypus', name: 'First Platypus Bank' }
  })
})
afterAll(() => storage.close())
beforeEach(async () => {
  resetSingletons('incidents')
  await storage.rows('delete from vendor_events')
})

/** Three calls a minute, for the minutes from `from` to `to` before now. */
const calls = (from: number, to: number, error: [string, string] | null = null) =>
  storage.rows(
    `insert into vendor_events (id, service, method, connection_id, duration_ms, error_type, error_code, created_at)
     select gen_random_uuid(), 'plaid', '/transactions/sync', $1, 300, $2, $3, now() - make_interval(mins => m) - interval '20 seconds'
     from generate_series($4::int, $5::int) m, generate_series(1, 3)`,
    [connectionId, error?.[0] ?? null, error?.[1] ?? null, to, from]
  )

test('an institution that fails is reported with its name, its cause and the minute it began', async () => {
  await calls(300, 12)
  await calls(11, 1, ['INSTITUTION_ERROR', 'INSTITUTION_DOWN'])
  const [incident, ...others] = await PangeaService.findIncidents()
  expect(others).toEqual([])
  expect(incident).toMatchObject({
    service: 'plaid',
    institutionId: 'ins_platypus',
    name: 'First Platypus Bank',
    kind: 'errors',
    cause: 'institution'
  })
  const minutesAgo = (Date.now() - Date.parse(incident?.since ?? '')) / 60_000
  expect(minutesAgo).toBeGreaterThan(9)
  expect(minutesAgo).toBeLessThan(13)
})

test('a vendor that fails is reported once, not for each institution', async () => {
  await calls(300, 12)
  await calls(11, 1, ['API_ERROR', 'INTERNAL_SERVER_ERROR'])
  expect(await PangeaService.findIncidents()).toMatchObject([
    { service: 'plaid', institutionId: null, name: null, kind: 'errors', cause: 'vendor' }
  ])
})

test('usual calls and logins that need their users are no incident', async () => {
  await calls(300, 12)
  await calls(11, 1, ['ITEM_ERROR', 'ITEM_LOGIN_REQUIRED'])
  expect(await PangeaService.findIncidents()).toEqual([])
})
