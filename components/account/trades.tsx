'use client'

import type { TradeResponse } from '@/lib/api/transfers'
import { When } from '@/components/ui/date-time'
import { useWriting } from '@/components/ui/formatting'
import { OpenPdf } from '@/components/account/pdf-link'
import { PagedCard } from '@/components/account/paged-card'

const PATH = '/api/v1/account/trades'

/** What was bought and sold with the money, with the bank's confirmations. Not there until something was. */
export function Trades() {
  const write = useWriting()
  return (
    <PagedCard<TradeResponse>
      id="trades"
      title="Trade confirmations"
      path={PATH}
      size={5}
      what="confirmations"
      fault="The confirmations could not be loaded"
    >
      {({ id, title, amount, at }) => (
        <OpenPdf
          key={id}
          path={PATH}
          id={id}
          name={amount ? `${title}, ${write.money(amount)}` : title}
          note={<When at={at} />}
        />
      )}
    </PagedCard>
  )
}
