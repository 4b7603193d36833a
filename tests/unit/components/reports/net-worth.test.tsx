import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { NetWorthCard } from '@/components/reports/net-worth-card'
import type { NetWorthResponse } from '@/lib/api/reports'

const held = (name: string, institutionName: string): NetWorthResponse['stale'][number] => ({
  accountId: name,
  assetId: null,
  valuedOn: null,
  name,
  institutionName,
  value: { minor: '100', currency: 'USD' },
  balancesAt: null,
  stale: true
})

test('stale balances are listed per bank: one account by name, several by count', () => {
  const stale = [
    held('Checking', 'Ash Bank'),
    held('Everyday', 'Elm Bank'),
    held('Savings', 'Ash Bank')
  ]
  const html = renderToStaticMarkup(
    <NetWorthCard
      netWorth={{ currencies: [], asOf: null, stale, leftOut: [] }}
      history={{ currencies: [] }}
    />
  )
  expect(html).toContain('May be out of date: 2 accounts at Ash Bank, Everyday at Elm Bank')
})
