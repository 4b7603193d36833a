import { afterAll, beforeAll, expect, test } from 'vitest'
import { reconcile } from '@/lib/services/pangea/worker/reconcile'
import { seededRandom } from '@/sandbox/core/ids'
import { expectedRows } from '@/tests/model/simulation/reference'
import type { VendorChange } from '@/tests/model/simulation/steps'
import { changeAtVendor } from '@/tests/model/simulation/vendor-changes'
import {
  type BankLogin,
  openVendorModel,
  type VendorModel
} from '@/tests/model/simulation/vendor-model'

const HOUR = 3_600_000
const EVERY = 2
const SEEDS = process.env.TEST_LONG ? ['one', 'two', 'three'] : ['one']
const SYNC_UPDATES = 'TRANSACTIONS/SYNC_UPDATES_AVAILABLE'

let world: VendorModel
beforeAll(async () => {
  world = await openVendorModel()
})
afterAll(() => world.close())

/** The bank's day is the same with and without webhooks: amounts and picks come from the seed. */
function changeOf(random: () => number): VendorChange {
  const pick = Math.floor(random() * 30)
  const units = Math.floor(random() * 500_000)
  const kind = Math.floor(random() * 6)
  if (kind === 0) return { change: 'post', pick, all: false }
  if (kind === 1) return { change: 'modify', pick, what: 'amount', units }
  return kind === 2
    ? { change: 'remove', pick }
    : { change: 'add', count: 2, pending: random() < 0.5, units }
}

type Seen = { name: string; amount: string; bookedOn: string; pending: boolean }

/**
 * One day in steps of two hours, then one more sweep. @returns what is stored at the end, without
 * the ids, which belong to the Item.
 */
async function day(
  login: BankLogin,
  seed: string,
  arrives: boolean
): Promise<{ rows: Seen[]; status: string; history: string }> {
  await login.link(await login.publicToken())
  await login.runWorker()
  const itemId = login.plaid.items.all()[0]?.id ?? ''
  const random = seededRandom(seed)
  const heard = new Set<string>()
  for (let hour = 0; hour < 24; hour += EVERY) {
    changeAtVendor(login.plaid, itemId, changeOf(random))
    if (hour === 8) await login.press(`/items/${itemId}/reset-login`)
    if (hour === 12) await login.press(`/items/${itemId}/repair`)
    for (const { id } of arrives
      ? login.plaid.sandbox.deliveries.list().filter((each) => !heard.has(each.id))
      : []) {
      heard.add(id)
      await login.deliverWebhook(id)
    }
    await login.runWorker()
    await reconcile()
    await login.runWorker()
    login.advance(EVERY * HOUR)
  }
  login.advance(6 * HOUR)
  await reconcile()
  await login.runWorker()
  const [connection] = await login.connections()
  const item = login.plaid.items.get(itemId)
  const rows = await login.storage.rows<Seen>(SEEN, [login.owner.userId])
  if (item) expect(rows).toHaveLength(expectedRows(login.plaid, item).length)
  expect(login.plaid.sandbox.deliveries.list().some(({ event }) => event === SYNC_UPDATES)).toBe(
    true
  )
  return { rows, status: connection?.status ?? 'none', history: connection?.history ?? 'none' }
}

const SEEN = `select name, amount_minor::text as amount, booked_on::text as "bookedOn", pending from transactions
  where user_id = $1 and removed_at is null order by booked_on, name collate "C", amount_minor, pending`

test.each(SEEDS)(
  'a day without a single webhook ends like the day with all of them (%s)',
  async (seed) => {
    const results = []
    for (const arrives of [true, false]) {
      const login = await world.login({ transactions: 12 })
      results.push(await day(login, seed, arrives))
      await login.close()
    }
    expect(results[0]).toMatchObject({ status: 'good', history: 'HISTORICAL_UPDATE_COMPLETE' })
    expect(results[1]).toEqual(results[0])
    expect(results[0]?.rows.length).toBeGreaterThan(5)
  }
)
