'use client'

import { useText } from '#text'
import { useFormatting } from '@/components/ui/formatting'
import type { LiabilityResponse } from '@/lib/api/responses'
import { mainRate } from '@/lib/domain/connections/liability'
import type { Text } from '@/lib/domain/text/text'

/**
 * The rate of a card or loan, and its next payment: one whose date has passed was paid, unless the
 * bank calls it overdue.
 */
export function LiabilityTerms({ liability }: { liability: LiabilityResponse | null }) {
  const format = useFormatting()
  const text = useText('connections')
  if (!liability) return null
  const { overdue } = liability
  const terms = [rateOf(liability, text), paymentOf(liability, text, format)]
    .filter(Boolean)
    .join(' · ')
  return (
    <span suppressHydrationWarning className="block text-muted text-sm empty:hidden">
      {terms}
      {overdue && (
        <span className="font-medium text-danger">{`${terms ? ' · ' : ''}${text('Overdue')}`}</span>
      )}
    </span>
  )
}

function rateOf(liability: LiabilityResponse, text: Text<'connections'>): string | null {
  const rate = mainRate(liability)
  if (!rate) return null
  return text(liability.kind === 'credit' ? '{rate}% APR' : '{rate}% interest', {
    rate: rate.percentage
  })
}

function paymentOf(
  { kind, minimum, dueOn, overdue }: LiabilityResponse,
  text: Text<'connections'>,
  format: ReturnType<typeof useFormatting>
): string | null {
  const isOpen = overdue || !dueOn || dueOn >= format.today
  if (!isOpen || !minimum || minimum.minor === '0') return null
  const amount = format.money(minimum)
  if (!dueOn) return text(kind === 'credit' ? '{amount} minimum' : '{amount} payment', { amount })
  return text(kind === 'credit' ? '{amount} minimum due {date}' : '{amount} payment due {date}', {
    amount,
    date: format.date(dueOn)
  })
}
