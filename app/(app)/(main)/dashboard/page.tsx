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
import { loadReports, type ReportParams } from '@/app/(app)/(main)/dashboard/load-reports'
import { IncidentNotices } from '@/components/connections/incident-notices'
import { RefreshOnChange } from '@/components/lib/refresh-on-change'
import { ApplicationNotice } from '@/components/onboarding/application-notice'
import { FirstSteps, OpenAccountCard } from '@/components/onboarding/open-account-card'
import { Dashboard } from '@/components/reports/dashboard'
import { type DashboardContent, LATEST_COUNT } from '@/components/reports/dashboard-content'
import { OwnCategories } from '@/components/transactions/edit/own-categories'
import { PageHeading } from '@/components/ui/card'
import { hasBegun, onboardingStep } from '@/lib/domain/onboarding/onboarding'
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

export default async function DashboardPage({
  searchParams
}: {
  searchParams: Promise<ReportParams>
}) {
  const user = await requireUser('/dashboard')
  const [facts, pastConnections, data] = await Promise.all([
    DataService.getOnboardingFacts(user),
    DataService.listPastConnections(user),
    loadDashboard(user, searchParams)
  ])
  const { incidents, categories, ...content } = data
  // Kept history of a disconnected bank still counts.
  const hasBanks = content.connections.items.length + pastConnections.length > 0
  const offersAccount = !hasBegun(facts)
  if (!hasBanks && offersAccount && content.assets.items.length === 0) return <EmptyDashboard />
  return (
    <Texts areas={['reports', 'transactions', 'connections', 'account']}>
      <OwnCategories categories={categories}>
        <RefreshOnChange />
        <Dashboard
          content={JSON.stringify(content satisfies DashboardContent)}
          hasBanks={hasBanks}
          application={
            offersAccount ? null : (
              <ApplicationNotice
                step={onboardingStep(facts)}
                status={facts.application?.status ?? null}
              />
            )
          }
          incidents={
            <IncidentNotices
              incidents={incidents}
              institutionIds={content.connections.items.map(({ institution }) => institution.id)}
            />
          }
          offer={offersAccount ? <OpenAccountCard /> : null}
        />
      </OwnCategories>
    </Texts>
  )
}

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
