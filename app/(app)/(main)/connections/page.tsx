import type { Metadata } from 'next'
import { requirePerson } from '@/app/_lib/session'
import { toWireAccount, toWireConnection } from '@/app/_lib/serializers/resources'
import { ConnectionList } from '@/components/connections/connection-list'
import { PastConnections } from '@/components/connections/past-connections'
import { AddBank } from '@/components/connections/link/add-bank'
import { PreLink } from '@/components/connections/link/link-intro'
import { Card, PageHeading } from '@/components/ui/card'
import { DataService, PangeaService } from '@/lib/services'

export const metadata: Metadata = { title: 'Connections' }

export default async function ConnectionsPage() {
  const person = await requirePerson('/connections')
  const [connections, accounts, past] = await Promise.all([
    DataService.listConnections(person),
    DataService.listAccounts(person, { hidden: true }),
    DataService.listPastConnections(person)
  ])
  return (
    <div className="max-w-3xl">
      <PageHeading title="Connections">
        The banks you added, and how fresh their data is.
      </PageHeading>
      <div className="mt-7">
        <ConnectionList
          connections={{ items: connections.map(toWireConnection), next: null }}
          accounts={{ items: accounts.map(toWireAccount), next: null }}
          testDoors={PangeaService.hasTestDoors()}
          more={
            <div id="add-bank" className="scroll-mt-24">
              <AddBank label="Add another bank" look="quiet" />
            </div>
          }
          empty={
            <Card labelledBy="add-bank" className="p-6 sm:p-8">
              <h2 id="add-bank" className="mb-4 font-semibold text-xl tracking-[-0.01em]">
                Add the banks you already have
              </h2>
              <PreLink>
                <AddBank />
              </PreLink>
            </Card>
          }
        />
      </div>
      <PastConnections connections={past} />
    </div>
  )
}
