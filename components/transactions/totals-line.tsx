import type { WireMoney } from '@/lib/api/answers'
import { Counted, MoneyText } from '../writing'

/** How many rows a filter found and what they add up to: the number that brought one here. */
export function TotalsLine({ count, sums }: { count: number; sums: WireMoney[] }) {
  return (
    <p className="mt-5 flex flex-wrap items-baseline gap-x-2 text-muted">
      <Counted of={count} one="transaction" />
      {sums.length > 0 && <span>adding up to</span>}
      {sums.map((sum) => (
        <span key={sum.currency} className="font-semibold text-ink tabular-nums">
          <MoneyText money={sum} />
        </span>
      ))}
    </p>
  )
}
