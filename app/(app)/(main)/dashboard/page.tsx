import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { requirePerson } from '@/app/_lib/session'
import {
  toWireAccount,
  toWireBankAccount,
  toWireConnection,
  toWireTransaction
} from '@/app/_lib/serializers/resources'
import { toWireAsset, toWireHistory, toWireNetWorth } from '@/app/_lib/serializers/reports'
import { todayHere, zoneHere } from '@/app/_lib/formatting'
import { AccountCard } from '@/components/account/account-card'
import { Balances } from '@/components/connections/balances'
import { ConnectionHealth } from '@/components/connections/connection-alerts'
import { Latest } from '@/components/transactions/latest-transactions'
import { NetWorthCard } from '@/components/reports/net-worth-card'
import { OpenTask } from '@/components/onboarding/application-notice'
import { OwnAssets } from '@/components/reports/own-assets/own-assets'
import { FreshNumbers } from '@/components/lib/refresh-on-change'
import { PageHeading } from '@/components/ui/card'
import { onboardingStep } from '@/lib/domain/onboarding/onboarding'
import { DataService } from '@/lib/services'
import {
  CashFlowPart,
  type Chosen,
  MerchantsPart,
  NumberSwitches,
  RecurringPart,
  readNumbers,
  SpendingPart
} from '@/app/(app)/(main)/dashboard/reports'

export const metadata: Metadata = { title: 'Dashboard' }

const LATEST = 8

export default async function DashboardPage({ searchParams }: { searchParams: Promise<Chosen> }) {
  const person = await requirePerson('/dashboard')
  const facts = await DataService.getOnboardingFacts(person)
  const step = onboardingStep(facts)
  const past = await DataService.listPastConnections(person)
  if (!facts.application && facts.linkedConnections === 0 && past.length === 0)
    redirect('/onboarding')
  const [accountRows, connectionRows, latest, bankAccount, worth, history, assetRows, numbers] =
    await Promise.all([
      DataService.listAccounts(person),
      DataService.listConnections(person),
      DataService.listTransactions(person, { limit: LATEST }),
      DataService.findBankAccount(person),
      DataService.getNetWorth(person, await todayHere()),
      zoneHere().then((timeZone) =>
        DataService.getNetWorthHistory(person, { range: '3m', timeZone })
      ),
      DataService.listOwnAssets(person),
      readNumbers(person, await searchParams)
    ])
  const accounts = { items: accountRows.map(toWireAccount), next: null }
  const connections = { items: connectionRows.map(toWireConnection), next: null }
  const assets = { items: assetRows.map((one) => toWireAsset(one, numbers.today)), next: null }
  const own = bankAccount && toWireBankAccount(bankAccount)
  // What a disconnected bank left behind counts on.
  const hasBanks = connections.items.length + past.length > 0
  return (
    <>
      <FreshNumbers />
      <PageHeading
        title="Dashboard"
        action={hasBanks ? <NumberSwitches numbers={numbers} /> : undefined}
      />
      <div className="mt-6 space-y-3 empty:hidden">
        <OpenTask step={step} status={facts.application?.status ?? null} />
        <ConnectionHealth connections={connections} />
      </div>
      <div className="mt-6 grid grid-cols-1 items-start gap-6 lg:grid-cols-2">
        <div className="space-y-6">
          <NetWorthCard worth={toWireNetWorth(worth)} history={toWireHistory(history)} />
          {own && <AccountCard initial={own} numbers={false} />}
          {hasBanks && <CashFlowPart numbers={numbers} />}
          <Latest
            path={`/api/v1/transactions?limit=${LATEST}`}
            initial={{ items: latest.items.map(toWireTransaction), next: latest.next }}
            hasBanks={hasBanks}
          />
        </div>
        <div className="space-y-6">
          {hasBanks && <SpendingPart numbers={numbers} />}
          {hasBanks && <MerchantsPart numbers={numbers} />}
          {hasBanks && <RecurringPart numbers={numbers} />}
          <OwnAssets
            assets={assets}
            currencies={worth.currencies.map(({ currency }) => currency)}
          />
        </div>
      </div>
      <section aria-labelledby="banks" className="mt-8">
        <h2 id="banks" className="mb-3 font-semibold text-lg tracking-[-0.01em]">
          Your banks
        </h2>
        <Balances accounts={accounts} connections={connections} />
      </section>
    </>
  )
}
