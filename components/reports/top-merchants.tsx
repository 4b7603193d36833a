import Link from 'next/link'
import type { ReactNode } from 'react'
import { useText } from '#text'
import { Section } from '@/components/reports/section'
import { Amount } from '@/components/ui/amount'
import type { MerchantSpendingResponse } from '@/lib/api/reports'
import { readableName } from '@/lib/domain/transactions/readable-name'

/** Merchants with the highest spending. */
export function TopMerchants({
  merchants,
  note
}: {
  merchants: MerchantSpendingResponse[]
  note: ReactNode
}) {
  const text = useText('reports')
  return (
    <Section id="merchants" title={text('Top merchants')} note={note}>
      <ol className="divide-y divide-line border-line border-t">
        {merchants.map((merchant) => (
          <li key={merchant.merchant}>
            <Link
              href={merchant.spent.rows}
              prefetch={false}
              className="flex flex-wrap items-center justify-between gap-x-4 px-5 py-3 hover:bg-sunken focus-visible:-outline-offset-3 sm:px-6"
            >
              <span className="min-w-0 flex-1 basis-28">
                <span className="block truncate">{readableName(merchant.name)}</span>
                <span className="block text-muted text-sm">
                  {text('{count, plural, one {Once} other {# times}}', { count: merchant.count })}
                </span>
              </span>
              <Amount money={merchant.spent} className="ml-auto font-medium" />
            </Link>
          </li>
        ))}
      </ol>
    </Section>
  )
}
