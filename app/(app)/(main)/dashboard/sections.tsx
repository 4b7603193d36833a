import { Fragment, type ReactNode } from 'react'
import {
  CashFlowSection,
  MerchantsSection,
  RecurringSection,
  type Reports,
  SpendingSection
} from '@/app/(app)/(main)/dashboard/reports'
import { AccountCard } from '@/components/account/account-card'
import { OpenAccountCard } from '@/components/onboarding/open-account-card'
import { NetWorthCard } from '@/components/reports/net-worth-card'
import { OwnAssets } from '@/components/reports/own-assets/own-assets'
import { LatestTransactions } from '@/components/transactions/latest-transactions'
import type { AssetResponse } from '@/lib/api/assets'
import type { NetWorthHistoryResponse, NetWorthResponse } from '@/lib/api/reports'
import type {
  BankAccountResponse,
  ConnectionResponse,
  PageResponse,
  TransactionResponse
} from '@/lib/api/responses'
import type { TextKey } from '@/lib/domain/text/text'
import { dashboard } from '@/pangea.config'

export const LATEST_COUNT = 8

type Section = { id: string; label: TextKey<'reports'>; card: ReactNode }
type Columns = readonly [left: Section[], right: Section[]]

type Content = {
  netWorth: NetWorthResponse
  history: NetWorthHistoryResponse
  latest: PageResponse<TransactionResponse>
  ownAccount: BankAccountResponse | null
  assets: PageResponse<AssetResponse>
  reports: Reports
  connections: PageResponse<ConnectionResponse>
  /** Whether to offer an account. */
  offersAccount: boolean
}

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
      card: <CashFlowSection reports={reports} />
    },
  recurring: ({ reports }) =>
    reports.due.length + reports.recurring.length > 0
      ? { id: 'recurring', label: 'Coming up', card: <RecurringSection reports={reports} /> }
      : null,
  spending: ({ reports }) =>
    reports.inCurrency !== null && reports.inCurrency.categories.length > 0
      ? { id: 'spending', label: 'Spending', card: <SpendingSection reports={reports} /> }
      : null,
  // A bank that was just added sends its transactions soon.
  latest: ({ latest, connections }) =>
    latest.items.length + connections.items.length > 0
      ? { id: 'latest', label: 'Transactions', card: <Latest initial={latest} /> }
      : null,
  account: ({ ownAccount, offersAccount }) => {
    if (ownAccount)
      return {
        id: 'jiko-account',
        label: 'Account',
        card: <AccountCard initial={ownAccount} showNumbers={false} />
      }
    return offersAccount
      ? { id: 'open-account', label: 'Account', card: <OpenAccountCard /> }
      : null
  },
  merchants: ({ reports }) =>
    reports.inCurrency !== null && reports.inCurrency.merchants.length > 0
      ? { id: 'merchants', label: 'Merchants', card: <MerchantsSection reports={reports} /> }
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
