/**
 * Households with known own transfers, for measuring the detector of pairs, which it does not
 * import.
 */

import {
  BANKS,
  type Build,
  type Household,
  type HouseholdAccount
} from '@/scripts/bench/households/builder'
import { everyday, KINDS } from '@/scripts/bench/households/kinds'
import { type Random, random, toDate, toDay } from '@/scripts/bench/random'

function accountsOf({ int }: Random): HouseholdAccount[] {
  const account = (
    id: string,
    bank: number,
    type: string,
    subtype: string,
    name: string,
    more: Partial<HouseholdAccount> = {}
  ): HouseholdAccount => ({
    id,
    bank,
    type,
    subtype,
    name,
    mask: String(int(1000, 9999)),
    currency: 'USD',
    hidden: false,
    ...more
  })
  return [
    account('checking', 0, 'depository', 'checking', 'Everyday Checking'),
    account('savings', 0, 'depository', 'savings', 'High Yield Savings'),
    account('mortgage', 0, 'loan', 'mortgage', 'Home Loan'),
    account('hidden', 0, 'depository', 'checking', 'Joint Account', { hidden: true }),
    account('other', 1, 'depository', 'checking', 'Total Checking'),
    account('card', 1, 'credit', 'credit card', 'Rewards Card'),
    account('euros', 1, 'depository', 'checking', 'Euro Account', { currency: 'EUR' }),
    account('shares', 1, 'investment', 'brokerage', 'Brokerage')
  ]
}

/** Creates `ofEach` households of each kind, alternating with, without and mixed categories. */
export function makeHouseholds(seed: number, ofEach: number): Household[] {
  const s = random(seed)
  return Object.entries(KINDS).flatMap(([kind, addKind]) =>
    Array.from({ length: ofEach }, (_, n) => {
      const categories = (['without', 'with', 'mixed'] as const)[n % 3] ?? 'without'
      const today = toDay('2025-06-01') + s.int(0, 400)
      const first = s.int(0, BANKS.length - 1)
      const banks = [
        BANKS[first] ?? '',
        BANKS[(first + s.int(1, BANKS.length - 1)) % BANKS.length] ?? ''
      ]
      const household: Household = {
        kind: `${kind}, ${categories} categories`,
        today: toDate(today),
        banks,
        accounts: accountsOf(s),
        rows: [],
        pairs: []
      }
      const build: Build = { s, today, categories, household, count: 0 }
      everyday(build)
      addKind(build)
      return household
    })
  )
}
