import { Fragment, type ReactNode } from 'react'
import { AccountCard } from '@/components/account/account-card'
import { CashFlowCard } from '@/components/reports/cash-flow-card'
import {
  type DashboardContent,
  dashboardHref,
  LATEST_COUNT
} from '@/components/reports/dashboard-content'
import { NetWorthCard } from '@/components/reports/net-worth-card'
import { OwnAssets } from '@/components/reports/own-assets/own-assets'
import { RecurringPayments } from '@/components/reports/recurring-payments'
import { SpendingByCategory } from '@/components/reports/spending-by-category'
import { TopMerchants } from '@/components/reports/top-merchants'
import { LatestTransactions } from '@/components/transactions/latest-transactions'
import { PeriodText } from '@/components/ui/formatting'
import type { TextKey } from '@/lib/domain/text/text'
import { dashboard } from '@/pangea.config'

type Section = { id: string; label: TextKey<'reports'>; card: ReactNode }
type Columns = readonly [left: Section[], right: Section[]]

/** `offer` is the card that offers an account. */
type Content = DashboardContent & { offer: ReactNode }

type SectionName =
  | 'worth'
  | 'cash-flow'
  | 'recurring'
  | 'spending'
  | 'latest'
  | 'account'
  | 'merchants'
  | 'own-assets'

/** Each card; null while it has no content. */
const SECTIONS: Record<SectionName, (content: Content) => Section | null> = {
  worth: ({ netWorth, history }) =>
    netWorth.currencies.length > 0
      ? {
          id: 'worth',
          label: 'Net worth',
          card: <NetWorthCard netWorth={netWorth} history={history} />
        }
      : null,
  'cash-flow': ({ reports }) =>
    reports.flow && {
      id: 'cash-flow',
      label: 'Cash flow',
      card: (
        <CashFlowCard
          flow={reports.flow}
          month={reports.month}
          isCurrentMonth={reports.month === reports.newest}
          hrefOf={(month) => dashboardHref(reports, { month })}
        />
      )
    },
  recurring: ({ reports }) =>
    reports.due.length + reports.recurring.length > 0
      ? {
          id: 'recurring',
          label: 'Coming up',
          card: (
            <RecurringPayments due={reports.due} items={reports.recurring} today={reports.today} />
          )
        }
      : null,
  spending: ({ reports: { inCurrency, periods } }) =>
    inCurrency !== null && inCurrency.categories.length > 0
      ? {
          id: 'spending',
          label: 'Spending',
          card: <SpendingByCategory periods={periods} currency={inCurrency} />
        }
      : null,
  // A bank that was just added sends its transactions soon.
  latest: ({ latest, connections }) =>
    latest.items.length + connections.items.length > 0
      ? { id: 'latest', label: 'Transactions', card: <Latest initial={latest} /> }
      : null,
  account: ({ ownAccount, offer }) => {
    if (ownAccount)
      return {
        id: 'jiko-account',
        label: 'Account',
        card: <AccountCard initial={ownAccount} showNumbers={false} />
      }
    return offer ? { id: 'open-account', label: 'Account', card: offer } : null
  },
  merchants: ({ reports: { inCurrency, periods } }) =>
    inCurrency !== null && inCurrency.merchants.length > 0
      ? {
          id: 'merchants',
          label: 'Merchants',
          card: (
            <TopMerchants
              merchants={inCurrency.merchants}
              note={<PeriodText period={periods.current} />}
            />
          )
        }
      : null,
  // Before the first figure it would be the only card.
  'own-assets': ({ netWorth: { currencies }, assets }) =>
    currencies.length > 0
      ? {
          id: 'own-assets',
          label: 'Other assets',
          card: <OwnAssets assets={assets} currencies={currencies.map((one) => one.currency)} />
        }
      : null
}

const Latest = ({ initial }: { initial: Content['latest'] }) => (
  <LatestTransactions path={`/api/v1/transactions?limit=${LATEST_COUNT}`} initial={initial} />
)

type Row = { left: readonly SectionName[]; right: readonly SectionName[] }

/** The columns that pangea.config.ts lists, without cards that have no content. */
const columnsOf = ({ left, right }: Row, content: Content): Columns => [
  left.flatMap((name) => SECTIONS[name](content) ?? []),
  right.flatMap((name) => SECTIONS[name](content) ?? [])
]

/** The rows of the dashboard. Where a column would be empty, both rows become one. */
export function dashboardRows(content: Content): Columns[] {
  const [first, second] = [columnsOf(dashboard.first, content), columnsOf(dashboard.below, content)]
  const isFull = [...first, ...second].every((column) => column.length > 0)
  return isFull
    ? [first, second]
    : [
        [
          [...first[0], ...second[0]],
          [...first[1], ...second[1]]
        ]
      ]
}

/** Two columns of cards; on a phone, one after the other. */
export const SectionColumns = ({ columns }: { columns: Columns }) => (
  <div className="mt-6 grid grid-cols-1 items-start gap-6 lg:grid-cols-2">
    {columns
      .filter((column) => column.length > 0)
      .map((column) => (
        <div key={column[0]?.id} className="space-y-6">
          {column.map(({ id, card }) => (
            <Fragment key={id}>{card}</Fragment>
          ))}
        </div>
      ))}
  </div>
)
