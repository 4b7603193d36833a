import { CountText, MoneyText } from '@/components/ui/formatting'
import type { MoneyResponse } from '@/lib/api/responses'

type FilterSummary = { count: number; sums: MoneyResponse[] }

/**
 * Number and total of the filtered rows. Stays mounted without a filter: a live region must exist
 * before it changes.
 */
export function FilterTotals({ summary }: { summary: FilterSummary | null }) {
  return (
    <div role="status">
      {summary?.count ? (
        <Totals {...summary} />
      ) : (
        <p className="sr-only">{summary ? 'No transactions match' : 'All transactions'}</p>
      )}
    </div>
  )
}

function Totals({ count, sums }: FilterSummary) {
  return (
    <p className="mt-5 flex flex-wrap items-baseline gap-x-2 text-muted">
      <CountText count={count} one="transaction" />
      {sums.length > 0 && <span>adding up to</span>}
      {sums.map((sum) => (
        <span key={sum.currency} className="font-semibold text-ink tabular-nums">
          <MoneyText money={sum} />
        </span>
      ))}
    </p>
  )
}
