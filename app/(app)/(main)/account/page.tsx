import type { Metadata } from 'next'
import { serializeBankAccount } from '@/app/_lib/serializers/resources'
import { requireUser } from '@/app/_lib/session'
import { AccountCard } from '@/components/account/account-card'
import { BankTransactions } from '@/components/account/bank-transactions'
import { Investments } from '@/components/account/investments'
import { PrintButton, PrintHeader } from '@/components/account/print-button'
import { Statements } from '@/components/account/statements'
import { Trades } from '@/components/account/trades'
import { SupportContact } from '@/components/site/support-contact'
import { MoveMoney } from '@/components/transfers/move-money'
import { TransferList } from '@/components/transfers/transfer-list'
import { ButtonLink } from '@/components/ui/button'
import { Card, EmptyState, PageHeading } from '@/components/ui/card'
import { Notice } from '@/components/ui/notice'
import { DataService } from '@/lib/services'
import { brand } from '@/pangea.config'

export const metadata: Metadata = { title: 'Account' }

export default async function AccountPage() {
  const user = await requireUser('/account')
  const [account, lockedAt] = await Promise.all([
    DataService.findBankAccount(user),
    DataService.findTransferLock(user)
  ])
  return (
    <div className="print-sheet">
      <PageHeading title="Account" action={account ? <PrintButton /> : undefined}>
        Your own account, opened through {brand.name}.
      </PageHeading>
      {account && <PrintHeader />}
      <div className="mt-7 space-y-6">
        {lockedAt && <TransfersLocked />}
        {account ? (
          <AccountSections account={serializeBankAccount(account)} locked={lockedAt !== null} />
        ) : (
          <NoAccount />
        )}
      </div>
    </div>
  )
}

function TransfersLocked() {
  return (
    <Notice tone="warn" title="Transfers are locked">
      The link “This wasn’t me” in one of our e-mails was used, so no money can be added or
      withdrawn and no other account can be linked. Contact us to unlock transfers: we first verify
      in another way that it is you.
      <SupportContact />
    </Notice>
  )
}

function AccountSections({
  account,
  locked
}: {
  account: ReturnType<typeof serializeBankAccount>
  locked: boolean
}) {
  return (
    <div className="grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_22rem] print:block print:space-y-6">
      <div className="space-y-6">
        <AccountCard initial={account} />
        {!locked && <MoveMoney initial={account} />}
        <TransferList />
        <BankTransactions />
        <Trades />
        <Statements />
      </div>
      <div className="space-y-6">
        <Investments open={account.status === 'OPEN' && !locked} />
        <AboutAccount />
      </div>
    </div>
  )
}

function AboutAccount() {
  return (
    <Card labelledBy="what-it-is" className="p-6">
      <h2 id="what-it-is" className="font-medium">
        About this account
      </h2>
      <div className="mt-2 space-y-2 text-[0.9375rem] text-muted leading-7">
        <p>
          Money you pay in is held at Jiko and put into US Treasury bills. It stays yours, in your
          name.
        </p>
        <p>
          Use the routing and account number to receive your salary or a transfer from another bank.
          Only share them with people and companies you trust.
        </p>
      </div>
    </Card>
  )
}

function NoAccount() {
  return (
    <Card>
      <EmptyState
        title="No account yet"
        action={<ButtonLink href="/onboarding">Open an account</ButtonLink>}
      >
        Answer a few questions to apply. It takes about five minutes, and your answers are saved as
        you go.
      </EmptyState>
    </Card>
  )
}
