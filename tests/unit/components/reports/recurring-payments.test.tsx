import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { RecurringPayments } from '@/components/reports/recurring-payments'
import type { DuePaymentResponse, RecurringPaymentResponse } from '@/lib/api/reports'

const due = (name: string, dueOn: string): DuePaymentResponse => ({
  accountId: name,
  name,
  institutionName: 'Ash Bank',
  amount: { minor: '3200', currency: 'USD' },
  dueOn,
  overdue: false
})
const expected = (name: string, nextOn: string): RecurringPaymentResponse => ({
  merchant: name.toLowerCase(),
  name,
  cadence: 'monthly',
  category: null,
  fixed: true,
  amount: { minor: '-1500', currency: 'USD', rows: '/transactions' },
  perMonth: { minor: '-1500', currency: 'USD' },
  lastOn: '2026-11-01',
  nextOn
})

test('due and recurring payments are in one list, in the order of their dates', () => {
  const html = renderToStaticMarkup(
    <RecurringPayments
      due={[due('Loan', '2026-12-05'), due('Card', '2026-12-28')]}
      items={[expected('Rent', '2026-12-01'), expected('Gym', '2026-12-09')]}
      today="2026-11-29"
    />
  )
  const shown = ['Rent', 'Loan', 'Gym', 'Card'].map((name) => html.indexOf(`>${name}<`))
  expect(shown).not.toContain(-1)
  expect(shown).toEqual(shown.toSorted((a, b) => a - b))
})
