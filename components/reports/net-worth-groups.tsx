import clsx from 'clsx'
import { ChevronRight } from 'lucide-react'
import Link from 'next/link'
import { useText } from '#text'
import { percentOf } from '@/components/reports/charts/bar-scale'
import { assetName } from '@/components/reports/own-assets/asset-labels'
import { Amount } from '@/components/ui/amount'
import { DateText } from '@/components/ui/formatting'
import type { HoldingResponse, NetWorthResponse } from '@/lib/api/reports'
import type { TextKey } from '@/lib/domain/text/text'

type Group = NetWorthResponse['currencies'][number]['groups'][number]

const ACCOUNTS = '{count, plural, one {# account} other {# accounts}}'
const ENTRIES = '{count, plural, one {# entry} other {# entries}}'

type GroupStyle = { label: TextKey<'reports'>; fill: string; count: TextKey<'reports'> }

const GROUP_STYLES: Record<string, GroupStyle> = {
  own: { label: '{brand} account', fill: 'bg-chart-in', count: ACCOUNTS },
  depository: { label: 'Cash at banks', fill: 'bg-chart-in/75', count: ACCOUNTS },
  investment: { label: 'Investments', fill: 'bg-chart-in/55', count: ACCOUNTS },
  property: { label: 'Other things you own', fill: 'bg-chart-in/35', count: ENTRIES },
  credit: { label: 'Cards', fill: 'bg-chart-out', count: ACCOUNTS },
  loan: { label: 'Loans', fill: 'bg-chart-out/70', count: ACCOUNTS },
  debt: { label: 'Other debts', fill: 'bg-chart-out/45', count: ENTRIES }
}

/** Assets or debts as one bar; both bars share a scale. */
export function BalanceBar({
  label,
  money,
  groups,
  whole: max
}: {
  label: string
  money: React.ReactNode
  groups: Group[]
  whole: bigint
}) {
  return (
    <div>
      <p className="flex flex-wrap items-baseline justify-between gap-x-4">
        <span className="text-muted text-sm">{label}</span>
        <span className="font-medium tabular-nums">{money}</span>
      </p>
      <span
        aria-hidden="true"
        className="mt-1.5 flex h-2.5 gap-0.5 overflow-hidden rounded-full bg-sunken"
      >
        {groups.map(({ type, value }) => (
          <span
            key={type}
            className={clsx('h-full', GROUP_STYLES[type]?.fill)}
            style={{ width: `${percentOf(BigInt(value.minor.replace('-', '')), max)}%` }}
          />
        ))}
      </span>
    </div>
  )
}

/** One group of the net worth, expandable to its holdings. */
export function GroupRow({ group }: { group: Group }) {
  const text = useText('reports')
  const {
    label,
    fill = 'bg-line-strong',
    count = ACCOUNTS
  }: Partial<GroupStyle> = GROUP_STYLES[group.type] ?? {}
  return (
    <details className="group">
      <summary className="flex min-h-12 list-none flex-wrap items-center gap-x-3 px-5 py-2 hover:bg-sunken focus-visible:-outline-offset-3 sm:px-6 [&::-webkit-details-marker]:hidden">
        <span aria-hidden="true" className={clsx('size-2.5 shrink-0 rounded-[3px]', fill)} />
        <span className="min-w-0 flex-1 basis-28">
          {label ? text(label) : group.type}
          <span className="text-muted text-sm max-sm:block">
            <span className="max-sm:sr-only">{' · '}</span>
            <span>{text(count, { count: group.holdings.length })}</span>
          </span>
        </span>
        <span className="ml-auto flex items-center gap-3">
          <Amount money={group.value} className="font-medium" />
          <ChevronRight
            aria-hidden="true"
            className="size-4 text-muted transition-transform group-open:rotate-90 motion-reduce:transition-none"
          />
        </span>
      </summary>
      <ul className="pb-2">
        {group.holdings.map((holding) => (
          <li key={holding.accountId ?? holding.assetId ?? 'own'}>
            <HoldingRow holding={holding} />
          </li>
        ))}
      </ul>
    </details>
  )
}

const holdingHref = ({ accountId, assetId }: HoldingResponse) =>
  accountId ? `/transactions?account=${accountId}` : assetId ? '#own-assets' : '/account'

function HoldingRow({ holding: one }: { holding: HoldingResponse }) {
  const text = useText('reports')
  const { valuedOn } = one
  return (
    <Link
      href={holdingHref(one)}
      prefetch={false}
      className="flex flex-wrap items-center justify-between gap-x-4 py-2 pr-12 pl-10 text-[0.9375rem] hover:bg-sunken focus-visible:-outline-offset-3 sm:pr-13 sm:pl-11"
    >
      <span className="min-w-0 flex-1 basis-28">
        <span className="block truncate">{assetName(one.name, text)}</span>
        <span className={clsx('block truncate text-sm', one.stale ? 'text-warn' : 'text-muted')}>
          {one.institutionName && <span>{one.institutionName}</span>}
          {valuedOn && (
            <span>
              {text.rich('Your value of <date></date>', {
                date: () => <DateText key="date" date={valuedOn} />
              })}
            </span>
          )}
          {one.stale && <span> · {text('out of date')}</span>}
        </span>
      </span>
      <Amount money={one.value} className="ml-auto" />
    </Link>
  )
}
