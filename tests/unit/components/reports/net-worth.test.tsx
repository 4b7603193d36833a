import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { NetWorthCard } from '@/components/reports/net-worth-card'
import { TextProvider } from '@/components/text/text-provider'
import type { NetWorthResponse } from '@/lib/api/reports'
import { messagesJson } from '@/lib/domain/text/catalogs'
import type { Language } from '@/lib/domain/text/languages'

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

const cardIn = (language: Language, stale: NetWorthResponse['stale']) =>
  renderToStaticMarkup(
    <TextProvider language={language} messages={messagesJson(language, ['common', 'reports'])}>
      <NetWorthCard
        netWorth={{ currencies: [], asOf: null, stale, leftOut: [] }}
        history={{ currencies: [] }}
      />
    </TextProvider>
  )

test('stale balances are listed per bank: one account by name, several by count', () => {
  const stale = [
    held('Checking', 'Ash Bank'),
    held('Everyday', 'Elm Bank'),
    held('Savings', 'Ash Bank')
  ]
  expect(cardIn('en', stale)).toContain(
    'May be out of date: 2 accounts at Ash Bank, Everyday at Elm Bank'
  )
  expect(cardIn('es', stale)).toContain(
    'Pueden no estar al día: 2 cuentas en Ash Bank, Everyday en Elm Bank'
  )
})
