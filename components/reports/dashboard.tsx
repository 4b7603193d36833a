'use client'

import { type ReactNode, useMemo } from 'react'
import { useText } from '#text'
import { Balances } from '@/components/connections/balances'
import { ConnectionAlerts } from '@/components/connections/connection-alerts'
import {
  type DashboardContent,
  dashboardHref,
  type Reports
} from '@/components/reports/dashboard-content'
import { dashboardRows, SectionColumns } from '@/components/reports/dashboard-sections'
import { JumpList } from '@/components/reports/jump-list'
import { CurrencyPicker, MonthPicker } from '@/components/reports/report-filters'
import { PageHeading } from '@/components/ui/card'

type Props = {
  /** `DashboardContent` as JSON: React sends one string much faster than many small objects. */
  content: string
  /** Whether a bank is or was connected. */
  hasBanks: boolean
  /** The application, when it needs the user. */
  application: ReactNode
  /** Problems of banks. */
  incidents: ReactNode
  /** The offer of an account; null for users who have begun an application. */
  offer: ReactNode
}

/**
 * The dashboard. It is rendered from data in the browser and on the server, so that a page does not
 * contain its elements a second time for React.
 */
export function Dashboard({ content, hasBanks, application, incidents, offer }: Props) {
  const data: DashboardContent = useMemo(() => JSON.parse(content), [content])
  const text = useText('reports')
  const rows = dashboardRows({ ...data, offer })
  return (
    <>
      <PageHeading
        title={text('Dashboard')}
        action={hasBanks ? <ReportFilters reports={data.reports} /> : undefined}
      />
      <JumpList
        sections={[
          ...rows.flat(2).map(({ id, label }) => [id, text(label)] as const),
          ['banks', text('Banks')]
        ]}
      />
      <div className="mt-6 space-y-3 empty:hidden">
        {application}
        <ConnectionAlerts connections={data.connections} />
        {incidents}
      </div>
      {rows.map((columns, n) => (
        <SectionColumns key={n === 0 ? 'overview' : 'details'} columns={columns} />
      ))}
      <section aria-labelledby="banks" className="mt-8">
        <h2 id="banks" className="mb-3 font-semibold text-lg tracking-[-0.01em]">
          {text('Your banks')}
        </h2>
        <Balances accounts={data.accounts} connections={data.connections} />
      </section>
    </>
  )
}

function ReportFilters({ reports }: { reports: Reports }) {
  const { month, newest, currency, currencies } = reports
  return (
    <div className="flex flex-wrap items-center gap-3">
      <CurrencyPicker
        currencies={currencies}
        selected={currency}
        hrefOf={(one) => dashboardHref(reports, { currency: one })}
      />
      <MonthPicker
        month={month}
        currentMonth={newest}
        hrefOf={(one) => dashboardHref(reports, { month: one })}
      />
    </div>
  )
}
