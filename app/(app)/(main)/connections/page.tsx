import type { Metadata } from 'next'
import { useText } from '#text'
import { serializeAccount, serializeConnection } from '@/app/_lib/serializers/resources'
import { requireUser } from '@/app/_lib/session'
import { getText, Texts } from '@/app/_lib/text'
import { ConnectionList } from '@/components/connections/connection-list'
import { AddBank } from '@/components/connections/link/add-bank'
import { LinkIntro } from '@/components/connections/link/link-intro'
import { PastConnections } from '@/components/connections/past-connections'
import { Card, PageHeading } from '@/components/ui/card'
import { DataService, PangeaService } from '@/lib/services'

export async function generateMetadata(): Promise<Metadata> {
  const text = await getText('connections')
  return { title: text('Connections') }
}

export default async function ConnectionsPage() {
  const user = await requireUser('/connections')
  const [connections, accounts, pastConnections] = await Promise.all([
    DataService.listConnections(user),
    DataService.listAccounts(user, { hidden: true }),
    DataService.listPastConnections(user)
  ])
  const text = await getText('connections')
  return (
    <Texts areas={['connections']}>
      <PageHeading title={text('Connections')}>
        {text('Your banks, and when each was last updated.')}
      </PageHeading>
      <div className="mt-7">
        <ConnectionList
          connections={{ items: connections.map(serializeConnection), next: null }}
          accounts={{ items: accounts.map(serializeAccount), next: null }}
          sandboxActions={PangeaService.hasSandboxActions()}
          addAnother={<AnotherBank />}
          empty={<FirstBank />}
        />
      </div>
      <PastConnections connections={pastConnections} />
    </Texts>
  )
}

function AnotherBank() {
  const text = useText('connections')
  return (
    <Card labelledBy="another-bank" className="p-5">
      <h2 id="another-bank" className="font-medium">
        {text('Have another bank?')}
      </h2>
      <p className="mt-1 mb-4 text-[0.9375rem] text-muted leading-6">
        {text('Sign in to it once through Plaid. We read it and never see your password.')}
      </p>
      <div id="add-bank" className="scroll-mt-24">
        <AddBank label={text('Add another bank')} variant="quiet" />
      </div>
    </Card>
  )
}

function FirstBank() {
  const text = useText('connections')
  return (
    <Card labelledBy="add-bank" className="p-6 sm:p-8">
      <h2 id="add-bank" className="mb-4 font-semibold text-xl tracking-[-0.01em]">
        {text('Add the banks you already have')}
      </h2>
      <LinkIntro>
        <AddBank />
      </LinkIntro>
    </Card>
  )
}
