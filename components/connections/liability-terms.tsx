'use client'

import { useFormatting } from '@/components/ui/formatting'
import type { LiabilityResponse } from '@/lib/api/responses'
import { mainRate } from '@/lib/domain/connections/liability'

/**
 * The rate of a card or loan, and its next payment: one whose date has passed was paid, unless the
 * bank calls it overdue.
 */
export function LiabilityTerms({ liability }: { liability: LiabilityResponse | null }) {
  const format = useFormatting()
  if (!liability) return null
  const { kind, minimum, dueOn, overdue } = liability
  const rate = mainRate(liability)
  const unit = kind === 'credit' ? 'APR' : 'interest'
  const isOpen = overdue || !dueOn || dueOn >= format.today
  const owed = isOpen && minimum && minimum.minor !== '0' ? minimum : null
  const payment = [
    owed && `${format.money(owed)} ${kind === 'credit' ? 'minimum' : 'payment'}`,
    owed && dueOn && `due ${format.date(dueOn)}`
  ]
  const parts = [rate && `${rate.percentage}% ${unit}`, payment.filter(Boolean).join(' ')]
  const text = parts.filter(Boolean).join(' · ')
  return (
    <span suppressHydrationWarning className="block text-muted text-sm empty:hidden">
      {text}
      {overdue && <span className="font-medium text-danger">{text ? ' · ' : ''}Overdue</span>}
    </span>
  )
}
