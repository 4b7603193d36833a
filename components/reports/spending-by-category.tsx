import clsx from 'clsx'
import Link from 'next/link'
import type { ReactElement, ReactNode } from 'react'
import { useText } from '#text'
import { maxAmount, percentOf } from '@/components/reports/charts/bar-scale'
import { EmptyText, Section } from '@/components/reports/section'
import { SumLink } from '@/components/reports/sum-link'
import { CategoryIcon } from '@/components/transactions/category-icon'
import { Amount } from '@/components/ui/amount'
import { fitToWidth } from '@/components/ui/fit-amount'
import { MoneyText, PercentText, PeriodText } from '@/components/ui/formatting'
import type { CategorySpendingResponse, SpendingResponse, SumResponse } from '@/lib/api/reports'
import { categoryLabel } from '@/lib/domain/transactions/category-labels'

/** Number of categories before the rest is collapsed. */
const VISIBLE_CATEGORIES = 7

type Props = {
  periods: Pick<SpendingResponse, 'current' | 'previous'>
  currency: SpendingResponse['currencies'][number] | null
}

/** Spending by category, compared with the previous period. */
export function SpendingByCategory({ periods, currency }: Props) {
  const text = useText('reports')
  const [now, before] = [
    <PeriodText key="now" period={periods.current} />,
    <PeriodText key="before" period={periods.previous} />
  ]
  if (!currency || (currency.total.minor === '0' && currency.categories.length === 0)) {
    return (
      <Section id="spending" title={text('Spending')} note={now}>
        <EmptyText>{text('No spending in this period yet.')}</EmptyText>
      </Section>
    )
  }
  return (
    <Section id="spending" title={text('Spending')} note={now}>
      <div className="flex flex-wrap items-baseline gap-x-3 px-5 pb-4 sm:px-6">
        <p className="@container w-full font-semibold text-[1.75rem] leading-9 tracking-[-0.02em]">
          <SumLink
            sum={currency.total}
            description={text('spent in total')}
            style={fitToWidth(currency.total)}
          />
        </p>
        <p className="text-muted text-sm">
          <SpendingChange now={currency.total} before={currency.previous} period={before} />
        </p>
      </div>
      <Legend now={now} before={before} />
      <Categories categories={currency.categories} />
    </Section>
  )
}

/** The first categories, and the rest behind a summary. */
function Categories({ categories }: { categories: CategorySpendingResponse[] }) {
  const text = useText('reports')
  const max = maxAmount(
    categories.flatMap(({ spent, previous }) => [BigInt(spent.minor), BigInt(previous.minor)])
  )
  const [listed, rest] = [
    categories.slice(0, VISIBLE_CATEGORIES),
    categories.slice(VISIBLE_CATEGORIES)
  ]
  return (
    <>
      <ul className="divide-y divide-line border-line border-t">
        {listed.map((one) => (
          <CategoryRow key={one.category} category={one} most={max} />
        ))}
      </ul>
      {rest.length > 0 && (
        <details className="border-line border-t">
          <summary className="flex min-h-11 list-none items-center px-5 font-medium text-[0.9375rem] text-accent focus-visible:-outline-offset-3 sm:px-6 [&::-webkit-details-marker]:hidden">
            {text('{count, plural, one {# more category} other {# more categories}}', {
              count: rest.length
            })}
          </summary>
          <ul className="divide-y divide-line border-line border-t">
            {rest.map((one) => (
              <CategoryRow key={one.category} category={one} most={max} />
            ))}
          </ul>
        </details>
      )}
    </>
  )
}

function Legend({ now, before }: { now: ReactNode; before: ReactNode }) {
  return (
    <p aria-hidden="true" className="flex flex-wrap gap-x-5 px-5 pb-3 text-muted text-xs sm:px-6">
      <span className="flex items-center gap-1.5">
        <span className="h-2 w-4 rounded-full bg-chart-in" />
        {now}
      </span>
      <span className="flex items-center gap-1.5">
        <span className="h-[3px] w-4 rounded-full bg-chart-before" />
        {before}
      </span>
    </p>
  )
}

/** Two texts at both ends of a line; they wrap when they do not fit. */
const SIDES = 'flex flex-wrap items-baseline gap-x-4'

function CategoryRow({
  category: one,
  most: max
}: {
  category: CategorySpendingResponse
  most: bigint
}) {
  const text = useText('reports')
  const label = categoryLabel(one.category, useText('transactions'))
  return (
    <li>
      <Link
        href={one.spent.rows}
        prefetch={false}
        className="block px-5 py-3 hover:bg-sunken focus-visible:-outline-offset-3 sm:px-6"
      >
        <span className={SIDES}>
          <span className="flex min-w-0 flex-1 basis-28 items-center gap-2">
            <CategoryIcon category={one.category} className="self-center" />
            <span className="min-w-0 wrap-anywhere">{label}</span>
          </span>
          <Amount money={one.spent} className="ml-auto font-medium" />
        </span>
        <span aria-hidden="true" className="mt-2 block space-y-1">
          <span
            className="block h-2 rounded-full bg-chart-in"
            style={{ width: `${percentOf(BigInt(one.spent.minor), max)}%` }}
          />
          <span
            className="block h-[3px] rounded-full bg-chart-before"
            style={{ width: `${percentOf(BigInt(one.previous.minor), max)}%` }}
          />
        </span>
        <span className={clsx(SIDES, 'mt-1.5 text-muted text-sm')}>
          <span className="whitespace-nowrap">
            {text('{count, plural, one {# transaction} other {# transactions}}', {
              count: one.count
            })}
          </span>
          <span className="ml-auto whitespace-nowrap tabular-nums">
            {text.rich('<amount></amount> before', {
              amount: () => <MoneyText key="amount" money={one.previous} />
            })}
          </span>
        </span>
      </Link>
    </li>
  )
}

type ChangeProps = { now: SumResponse; before: SumResponse; period: ReactElement }

/** The change from the previous period as a sentence. */
function SpendingChange({ now, before, period }: ChangeProps) {
  const text = useText('reports')
  const [a, b] = [BigInt(now.minor), BigInt(before.minor)]
  const parts = {
    sum: () => (
      <SumLink key="sum" sum={before} description={text('spent before')} className="text-sm" />
    ),
    period: () => period
  }
  if (b <= 0n) return text.rich('against <sum></sum> in <period></period>', parts)
  const percent = ((a - b) * 100n) / b
  if (percent === 0n) return text.rich('about the same as <sum></sum> in <period></period>', parts)
  const change = {
    ...parts,
    percent: () => <PercentText key="percent" value={Math.abs(Number(percent))} />
  }
  return percent < 0n
    ? text.rich('<percent></percent> less than <sum></sum> in <period></period>', change)
    : text.rich('<percent></percent> more than <sum></sum> in <period></period>', change)
}
