import { useText } from '#text'
import { MoneyText } from '@/components/ui/formatting'
import type { MoneyResponse } from '@/lib/api/responses'

type FilterSummary = { count: number; sums: MoneyResponse[] }

/**
 * Number and total of the filtered rows. Stays mounted without a filter: a live region must exist
 * before it changes.
 */
export function FilterTotals({ summary }: { summary: FilterSummary | null }) {
  const text = useText('transactions')
  return (
    <div role="status">
      {summary?.count ? (
        <Totals {...summary} />
      ) : (
        <p className="sr-only">
          {summary ? text('No transactions match') : text('All transactions')}
        </p>
      )}
    </div>
  )
}

function Totals({ count, sums }: FilterSummary) {
  const text = useText('transactions')
  return (
    <p className="mt-5 flex flex-wrap items-baseline gap-x-2 text-muted">
      <span>
        {sums.length > 0
          ? text(
              '{count, plural, one {# transaction adding up to} other {# transactions adding up to}}',
              { count }
            )
          : text('{count, plural, one {# transaction} other {# transactions}}', { count })}
      </span>
      {sums.map((sum) => (
        <span key={sum.currency} className="font-semibold text-ink tabular-nums">
          <MoneyText money={sum} />
        </span>
      ))}
    </p>
  )
}
