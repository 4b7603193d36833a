import { describe, expect, it } from 'vitest'
import { findPairs, type TransferLeg } from '@/lib/domain/transactions/transfer-pairs'
import type { Household, HouseholdRow } from '@/scripts/bench/households/builder'
import { makeHouseholds } from '@/scripts/bench/households/data'

/** The rows that can be sides of a transfer, as the database selects them. */
function legsOf({ accounts, banks, rows }: Household): TransferLeg[] {
  const open = rows.flatMap((row) => {
    const account = accounts.find(({ id }) => id === row.account)
    return account && !account.hidden && account.type !== 'loan' && !row.pending
      ? [{ row, account }]
      : []
  })
  const alike = (row: HouseholdRow) =>
    open.filter(
      ({ row: { account, minor, name } }) =>
        account === row.account && minor === row.minor && name === row.name
    ).length
  return open.map(({ row, account }) => ({
    id: row.id,
    accountId: account.id,
    accountType: account.type,
    accountMask: account.mask,
    accountName: account.name,
    institutionName: banks[account.bank] ?? '',
    date: row.date,
    minor: BigInt(row.minor),
    currency: row.currency,
    name: row.name,
    merchantName: row.merchant,
    categoryPrimary: row.primary,
    categoryDetailed: row.detailed,
    alike: alike(row)
  }))
}

/** One line per household: its pairs by row number. */
const describeHousehold = (household: Household, n: number): string =>
  `${n} ${household.kind}: ${findPairs(legsOf(household))
    .map(({ outId, inId }) => `${outId}-${inId}`)
    .toSorted()
    .join(' ')}`

describe('the rules for own transfers', () => {
  it('find exactly the recorded pairs: a changed rule shows here which households it changes', async () => {
    const lines = makeHouseholds(11, 3).map(describeHousehold)
    await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot('./recorded/transfer-pairs.txt')
  })
})
