import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { LiabilityTerms } from '@/components/connections/liability-terms'
import { FormattingProvider } from '@/components/ui/formatting'
import type { LiabilityResponse } from '@/lib/api/responses'
import { WithTexts } from '@/tests/unit/components/with-texts'

const usd = (minor: string) => ({ minor, currency: 'USD' })
const CARD: LiabilityResponse = {
  kind: 'credit',
  rates: [
    { type: 'cash_apr', percentage: '27.95' },
    { type: 'purchase_apr', percentage: '12.5' }
  ],
  minimum: usd('5000'),
  dueOn: '2026-03-25',
  overdue: false,
  statement: null,
  statementOn: null
}
const shown = (more: Partial<LiabilityResponse> = {}, today = '2026-03-10') =>
  renderToStaticMarkup(
    <WithTexts>
      <FormattingProvider formatting={{ locale: 'en-US', timeZone: null, today }}>
        <LiabilityTerms liability={{ ...CARD, ...more }} />
      </FormattingProvider>
    </WithTexts>
  ).replace(/<[^>]+>/g, '')

test('a card shows its rate for purchases, its minimum payment and when it is due', () => {
  expect(shown()).toBe('12.5% APR · $50.00 minimum due Mar 25, 2026')
})

test('a loan shows its rate as interest', () => {
  const rates = [{ type: 'interest', percentage: '5.25' }]
  expect(shown({ kind: 'student', rates })).toBe('5.25% interest · $50.00 payment due Mar 25, 2026')
})

test('a payment whose date has passed is not shown, unless it is overdue', () => {
  expect(shown({}, '2026-03-25')).toContain('due Mar 25')
  expect(shown({}, '2026-03-26')).toBe('12.5% APR')
  expect(shown({ overdue: true }, '2026-03-26')).toBe(
    '12.5% APR · $50.00 minimum due Mar 25, 2026 · Overdue'
  )
})

test('what the bank does not report is left out', () => {
  expect(shown({ minimum: usd('0') })).toBe('12.5% APR')
  expect(shown({ dueOn: null })).toBe('12.5% APR · $50.00 minimum')
  expect(shown({ rates: [], minimum: null, dueOn: null })).toBe('')
  expect(shown({ rates: [], minimum: null, overdue: true })).toBe('Overdue')
})
