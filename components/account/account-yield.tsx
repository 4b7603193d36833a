'use client'

import useSWR from 'swr'
import { useText } from '#text'
import { formatYield } from '@/components/account/format-yield'
import { useFormatting } from '@/components/ui/formatting'
import type { InvestmentsResponse } from '@/lib/api/bank-account'

/** The current yield of new money, from Jiko. Always one line, also on failure. */
export function AccountYield() {
  const { data, error } = useSWR<InvestmentsResponse>('/api/v1/account/investments', {
    revalidateOnFocus: false
  })
  const { locale } = useFormatting()
  const text = useText('account')
  const yieldText = formatYield(
    data?.strategies.find(({ id }) => id === data.strategyId)?.yieldToMaturity ?? null,
    locale
  )
  return (
    <p className="mt-2 min-h-6 text-[0.9375rem]">
      {yieldText ? (
        text.rich('New money earns <strong>{yield}</strong> a year at the moment', {
          yield: yieldText,
          strong: (part) => (
            <span key="yield" className="font-medium">
              {part}
            </span>
          )
        })
      ) : (
        <span className="text-muted">
          {text(
            data || error
              ? 'Jiko is not reporting a yield right now'
              : 'Asking Jiko for the current yield'
          )}
        </span>
      )}
    </p>
  )
}
