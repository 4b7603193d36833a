import type { Metadata } from 'next'
import { useText } from '#text'
import { getTimeZone } from '@/app/_lib/formatting'
import {
  serializeAsset,
  serializeNetWorth,
  serializeNetWorthHistory
} from '@/app/_lib/serializers/reports'
import {
  serializeAccount,
  serializeBankAccount,
  serializeConnection,
  serializeTransaction
} from '@/app/_lib/serializers/resources'
import { requireUser } from '@/app/_lib/session'
import { getText, Texts } from '@/app/_lib/text'
import { loadReports, ReportFilters, type ReportParams } from '@/app/(app)/(main)/dashboard/reports'
import { dashboardRows, LATEST_COUNT, SectionColumns } from '@/app/(app)/(main)/dashboard/sections'
import { Balances } from '@/components/connections/balances'
import { ConnectionAlerts } from '@/components/connections/connection-alerts'
import { IncidentNotices } from '@/components/connections/incident-notices'
import { RefreshOnChange } from '@/components/lib/refresh-on-change'
import { ApplicationNotice } from '@/components/onboarding/application-notice'
import { FirstSteps } from '@/components/onboarding/open-account-card'
import { JumpList } from '@/components/reports/jump-list'
import { OwnCategories } from '@/components/transactions/edit/own-categories'
import { PageHeading } from '@/components/ui/card'
import { hasBegun, type OnboardingFacts, onboardingStep } from '@/lib/domain/onboarding/onboarding'
import type { UserActor } from '@/lib/domain/users/actor'
import { DataService, PangeaService } from '@/lib/services'

export async function generateMetadata(): Promise<Metadata> {
  const text = await getText('reports')
  return { title: text('Dashboard') }
}

async function loadDashboard(user: UserActor, searchParams: Promise<ReportParams>) {
  const accountsRead = DataService.listAccounts(user)
  const [
    accountRows,
    connectionRows,
    latest,
    bankAccount,
    history,
    assetRows,
    categories,
    reports
  ] = await Promise.all([
    accountsRead,
    DataService.listConnections(user),
    DataService.listTransactions(user, { limit: LATEST_COUNT }),
    DataService.findBankAccount(user),
    getTimeZone().then((timeZone) =>
      DataService.getNetWorthHistory(user, { range: '3m', timeZone })
    ),
    DataService.listOwnAssets(user),
    DataService.listOwnCategories(user),
    loadReports(user, await searchParams, accountsRead)
  ])
  const netWorth = await DataService.getNetWorth(user, reports.today, {
    accounts: accountRows,
    connections: connectionRows,
    own: bankAccount,
    assets: assetRows
  })
  return {
    incidents: connectionRows.length > 0 ? await PangeaService.findIncidents() : [],
    accounts: { items: accountRows.map(serializeAccount), next: null },
    connections: { items: connectionRows.map(serializeConnection), next: null },
    latest: { items: latest.items.map(serializeTransaction), next: latest.next },
    ownAccount: bankAccount && serializeBankAccount(bankAccount),
    netWorth: serializeNetWorth(netWorth),
    history: serializeNetWorthHistory(history),
    assets: { items: assetRows.map((one) => serializeAsset(one, reports.today)), next: null },
    categories,
    reports
  }
}

type Dashboard = Awaited<ReturnType<typeof loadDashboard>>

export default async function DashboardPage({
  searchParams
}: {
  searchParams: Promise<ReportParams>
}) {
  const user = await requireUser('/dashboard')
  const text = await getText('reports')
  const facts = await DataService.getOnboardingFacts(user)
  const pastConnections = await DataService.listPastConnections(user)
  const data = await loadDashboard(user, searchParams)
  const { accounts, connections, reports } = data
  // Kept history of a disconnected bank still counts.
  const hasBanks = connections.items.length + pastConnections.length > 0
  const offersAccount = !hasBegun(facts)
  if (!hasBanks && offersAccount && data.assets.items.length === 0) return <EmptyDashboard />
  const rows = dashboardRows({ ...data, offersAccount })
  return (
    <Texts areas={['reports', 'transactions', 'connections', 'account']}>
      <OwnCategories categories={data.categories}>
        <RefreshOnChange />
        <PageHeading
          title={text('Dashboard')}
          action={hasBanks ? <ReportFilters reports={reports} /> : undefined}
        />
        <JumpList
          sections={[
            ...rows.flat(2).map(({ id, label }) => [id, text(label)] as const),
            ['banks', text('Banks')]
          ]}
        />
        <Attention {...{ facts, connections, incidents: data.incidents }} />
        {rows.map((columns, n) => (
          <SectionColumns key={n === 0 ? 'overview' : 'details'} columns={columns} />
        ))}
        <section aria-labelledby="banks" className="mt-8">
          <h2 id="banks" className="mb-3 font-semibold text-lg tracking-[-0.01em]">
            {text('Your banks')}
          </h2>
          <Balances accounts={accounts} connections={connections} />
        </section>
      </OwnCategories>
    </Texts>
  )
}

type AttentionProps = {
  facts: OnboardingFacts
  connections: Dashboard['connections']
  incidents: Dashboard['incidents']
}

/** The application, banks and services that need the user. */
const Attention = ({ facts, connections, incidents }: AttentionProps) => (
  <div className="mt-6 space-y-3 empty:hidden">
    {hasBegun(facts) && (
      <ApplicationNotice step={onboardingStep(facts)} status={facts.application?.status ?? null} />
    )}
    <ConnectionAlerts connections={connections} />
    <IncidentNotices
      incidents={incidents}
      institutionIds={connections.items.map(({ institution }) => institution.id)}
    />
  </div>
)

/** Before the first bank, application or asset: no empty cards. */
function EmptyDashboard() {
  const text = useText('reports')
  return (
    <>
      <RefreshOnChange />
      <PageHeading title={text('Dashboard')} />
      <FirstSteps />
    </>
  )
}
