/** Jiko's records, to compare with ours. */
import { query } from '@/tests/e2e/support/database'
import { expect } from '@/tests/e2e/support/fixtures'
import type { TestUser } from '@/tests/e2e/support/users'
import { callControl } from '@/tests/e2e/support/vendors'

/** After faults a vendor gets no calls for ten seconds; requests must succeed within that time. */
export const AFTER_BREAKER = { timeout: 25_000, intervals: [500] }

type JikoLedger = {
  applications: { id: string; applied: number; customerId: string | null }[]
  pockets: { customerId: string }[]
}

const readLedger = () => callControl<JikoLedger>('jiko', '/ledger')

/** The ids of all applications at Jiko. */
export const jikoApplicationIds = async () =>
  new Set((await readLedger()).applications.map(({ id }) => id))

/**
 * Checks Jiko's records of one user: one application applied once, one customer, one pocket; and
 * except the ones it `knew` before, no application that we do not know.
 */
export async function expectSingleApplication(user: TestUser, knew: Set<string>): Promise<void> {
  const rows = await query<{ id: string; customer: string }>(
    'select jiko_application_id as id, jiko_customer_id as customer from applications where user_id = $1',
    [user.userId]
  )
  expect(rows).toHaveLength(1)
  await expect
    .poll(
      async () =>
        (await query('select 1 from bank_accounts where user_id = $1', [user.userId])).length,
      AFTER_BREAKER
    )
    .toBe(1)
  const ledger = await readLedger()
  expect(ledger.applications.filter(({ id }) => id === rows[0]?.id)).toMatchObject([{ applied: 1 }])
  // Jiko does not know our ids: a lost application is one without a row.
  const ours = new Set(
    (await query<{ id: string }>('select jiko_application_id as id from applications')).map(
      ({ id }) => id
    )
  )
  expect(ledger.applications.filter(({ id }) => !ours.has(id) && !knew.has(id))).toEqual([])
  const customer = ledger.applications.find(({ id }) => id === rows[0]?.id)?.customerId
  expect(ledger.pockets.filter(({ customerId }) => customerId === customer)).toHaveLength(1)
}
