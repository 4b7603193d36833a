import clsx from 'clsx'
import { ChevronRight } from 'lucide-react'
import Link from 'next/link'
import { percentOf } from '@/components/reports/charts/bar-scale'
import { NetWorthOverTime } from '@/components/reports/net-worth-over-time'
import { Amount } from '@/components/ui/amount'
import { Card } from '@/components/ui/card'
import { DateTime } from '@/components/ui/date-time'
import { fitToWidth } from '@/components/ui/fit-amount'
import { CountText, DateText, MoneyText } from '@/components/ui/formatting'
import type { HoldingResponse, NetWorthHistoryResponse, NetWorthResponse } from '@/lib/api/reports'

const GROUP_STYLES: Record<string, { label: string; fill: string; one: string; many: string }> = {
  own: { label: 'Pangea account', fill: 'bg-chart-in', one: 'account', many: 'accounts' },
  depository: { label: 'Cash at banks', fill: 'bg-chart-in/75', one: 'account', many: 'accounts' },
  investment: { label: 'Investments', fill: 'bg-chart-in/55', one: 'account', many: 'accounts' },
  property: {
    label: 'Other things you own',
    fill: 'bg-chart-in/35',
    one: 'entry',
    many: 'entries'
  },
  credit: { label: 'Cards', fill: 'bg-chart-out', one: 'account', many: 'accounts' },
  loan: { label: 'Loans', fill: 'bg-chart-out/70', one: 'account', many: 'accounts' },
  debt: { label: 'Other debts', fill: 'bg-chart-out/45', one: 'entry', many: 'entries' }
}

type CurrencyNetWorth = NetWorthResponse['currencies'][number]
type Group = CurrencyNetWorth['groups'][number]

/** Net worth and its components, one total per currency without conversion. */
export function NetWorthCard({
  netWorth,
  history
}: {
  netWorth: NetWorthResponse
  history: NetWorthHistoryResponse
}) {
  return (
    <Card labelledBy="worth" className="overflow-hidden">
      <div className="px-5 pt-5 pb-4 sm:px-6 sm:pt-6">
        <h2 id="worth" className="text-muted text-sm">
          Everything you own, minus what you owe
        </h2>
        {netWorth.currencies.length === 0 && <Headline>$0.00</Headline>}
        <p className="sr-only">
          {netWorth.currencies.length > 1 &&
            'One total for each currency; amounts are not converted.'}
        </p>
      </div>
      <div className="-mt-4 divide-y divide-line">
        {netWorth.currencies.map((one) => (
          <CurrencySection key={one.currency} netWorth={one} history={history} />
        ))}
      </div>
      <Footnote netWorth={netWorth} />
    </Card>
  )
}

const Headline = ({ children }: { children: React.ReactNode }) => (
  <p className="@container mt-1 whitespace-nowrap font-semibold text-[2.125rem] tabular-nums leading-tight tracking-[-0.03em] sm:text-[2.75rem]">
    {children}
  </p>
)

function CurrencySection({
  netWorth,
  history
}: {
  netWorth: CurrencyNetWorth
  history: NetWorthHistoryResponse
}) {
  const [owned, owed] = [
    netWorth.groups.filter(({ value }) => !value.minor.startsWith('-')),
    netWorth.groups.filter(({ value }) => value.minor.startsWith('-'))
  ]
  const max =
    BigInt(netWorth.assets.minor) > BigInt(netWorth.debts.minor)
      ? BigInt(netWorth.assets.minor)
      : BigInt(netWorth.debts.minor)
  return (
    <div className="pt-0">
      <div className="px-5 pb-5 sm:px-6">
        <Headline>
          <span style={fitToWidth(netWorth.net)}>
            <MoneyText money={netWorth.net} />
          </span>
        </Headline>
        {netWorth.asOf && (
          <p className="text-muted text-sm">
            As of <DateTime at={netWorth.asOf} />
          </p>
        )}
        <div className="mt-4 space-y-3">
          <BalanceBar
            label="You own"
            money={<MoneyText money={netWorth.assets} />}
            groups={owned}
            whole={max}
          />
          <BalanceBar
            label="You owe"
            money={<MoneyText money={netWorth.debts} />}
            groups={owed}
            whole={max}
          />
        </div>
      </div>
      <NetWorthOverTime currency={netWorth.currency} initial={history} />
      <ul className="divide-y divide-line border-line border-t">
        {netWorth.groups.map((group) => (
          <li key={group.type}>
            <GroupRow group={group} />
          </li>
        ))}
      </ul>
    </div>
  )
}

/** Assets or debts as one bar; both bars share a scale. */
function BalanceBar({
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

function GroupRow({ group }: { group: Group }) {
  const { label, fill, one, many } = GROUP_STYLES[group.type] ?? {
    label: group.type,
    fill: 'bg-line-strong',
    one: 'account',
    many: 'accounts'
  }
  return (
    <details className="group">
      <summary className="flex min-h-12 list-none flex-wrap items-center gap-x-3 px-5 py-2 hover:bg-sunken focus-visible:-outline-offset-3 sm:px-6 [&::-webkit-details-marker]:hidden">
        <span aria-hidden="true" className={clsx('size-2.5 shrink-0 rounded-[3px]', fill)} />
        <span className="min-w-0 flex-1 basis-28 truncate">
          {label}
          <span className="text-muted text-sm">
            {' · '}
            <CountText count={group.holdings.length} one={one} many={many} />
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
  return (
    <Link
      href={holdingHref(one)}
      prefetch={false}
      className="flex flex-wrap items-center justify-between gap-x-4 py-2 pr-12 pl-10 text-[0.9375rem] hover:bg-sunken focus-visible:-outline-offset-3 sm:pr-13 sm:pl-11"
    >
      <span className="min-w-0 flex-1 basis-28">
        <span className="block truncate">{one.name}</span>
        <span className={clsx('block truncate text-sm', one.stale ? 'text-warn' : 'text-muted')}>
          {one.institutionName && <span>{one.institutionName}</span>}
          {one.valuedOn && (
            <span>
              Your value of <DateText date={one.valuedOn} />
            </span>
          )}
          {one.stale && <span> · out of date</span>}
        </span>
      </span>
      <Amount money={one.value} className="ml-auto" />
    </Link>
  )
}

function Footnote({ netWorth: { asOf, stale, leftOut } }: { netWorth: NetWorthResponse }) {
  if (asOf && stale.length === 0 && leftOut.length === 0) return null
  return (
    <div className="space-y-1 border-line border-t px-5 py-3 text-muted text-sm sm:px-6">
      {!asOf && <p>Balances appear once a bank has reported them</p>}
      {stale.length > 0 && (
        <p className="text-warn">{`May be out of date: ${summarizeByBank(stale)}`}</p>
      )}
      {leftOut.length > 0 && (
        <p>{`Not counted: ${leftOut.map(({ name, reason }) => `${name} (${reason === 'no_balance' ? 'no balance' : 'unknown kind of account'})`).join(', ')}`}</p>
      )}
    </div>
  )
}

/** One account by name, several by number. */
function summarizeByBank(holdings: readonly { name: string; institutionName: string }[]): string {
  const banks = new Set(holdings.map(({ institutionName }) => institutionName))
  return [...banks]
    .map((bank) => {
      const accounts = holdings.filter(({ institutionName }) => institutionName === bank)
      return `${accounts.length === 1 ? accounts[0]?.name : `${accounts.length} accounts`} at ${bank}`
    })
    .join(', ')
}
