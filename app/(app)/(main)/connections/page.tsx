import type { Metadata } from 'next'
import { serializeAccount, serializeConnection } from '@/app/_lib/serializers/resources'
import { requireUser } from '@/app/_lib/session'
import { ConnectionList } from '@/components/connections/connection-list'
import { AddBank } from '@/components/connections/link/add-bank'
import { LinkIntro } from '@/components/connections/link/link-intro'
import { PastConnections } from '@/components/connections/past-connections'
import { Card, PageHeading } from '@/components/ui/card'
import { DataService, PangeaService } from '@/lib/services'

export const metadata: Metadata = { title: 'Connections' }

export default async function ConnectionsPage() {
  const user = await requireUser('/connections')
  const [connections, accounts, pastConnections] = await Promise.all([
    DataService.listConnections(user),
    DataService.listAccounts(user, { hidden: true }),
    DataService.listPastConnections(user)
  ])
  return (
    <div>
      <PageHeading title="Connections">Your banks, and when each was last updated.</PageHeading>
      <div className="mt-7">
        <ConnectionList
          connections={{ items: connections.map(serializeConnection), next: null }}
          accounts={{ items: accounts.map(serializeAccount), next: null }}
          sandboxActions={PangeaService.hasSandboxActions()}
          addAnother={
            <Card labelledBy="another-bank" className="p-5">
              <h2 id="another-bank" className="font-medium">
                Have another bank?
              </h2>
              <p className="mt-1 mb-4 text-[0.9375rem] text-muted leading-6">
                Sign in to it once through Plaid. We read it and never see your password.
              </p>
              <div id="add-bank" className="scroll-mt-24">
                <AddBank label="Add another bank" variant="quiet" />
              </div>
            </Card>
          }
          empty={
            <Card labelledBy="add-bank" className="p-6 sm:p-8">
              <h2 id="add-bank" className="mb-4 font-semibold text-xl tracking-[-0.01em]">
                Add the banks you already have
              </h2>
              <LinkIntro>
                <AddBank />
              </LinkIntro>
            </Card>
          }
        />
      </div>
      <PastConnections connections={pastConnections} />
    </div>
  )
}
