'use client'

import { useText } from '#text'
import { PagedCard } from '@/components/account/paged-card'
import { PdfLink } from '@/components/account/pdf-link'
import { DateTime, useFormatting } from '@/components/ui/formatting'
import type { TradeResponse } from '@/lib/api/transfers'

const PATH = '/api/v1/account/trades'

/** Trades with Jiko's confirmations. Hidden until there is one. */
export function Trades() {
  const format = useFormatting()
  const text = useText('account')
  return (
    <PagedCard<TradeResponse>
      id="trades"
      title={text('Trade confirmations')}
      path={PATH}
      pageSize={5}
      itemLabel={text('confirmations')}
      errorTitle={text('The confirmations could not be loaded')}
    >
      {({ id, title, amount, at }) => (
        <PdfLink
          key={id}
          path={PATH}
          id={id}
          name={amount ? `${title}, ${format.money(amount)}` : title}
          note={<DateTime at={at} />}
        />
      )}
    </PagedCard>
  )
}
