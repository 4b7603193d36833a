import type { Metadata } from 'next'
import { useText } from '#text'
import { serializeBankAccount } from '@/app/_lib/serializers/resources'
import { requireUser } from '@/app/_lib/session'
import { getText, Texts } from '@/app/_lib/text'
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

export async function generateMetadata(): Promise<Metadata> {
  const text = await getText('account')
  return { title: text('Account') }
}

export default async function AccountPage() {
  const user = await requireUser('/account')
  const [account, lockedAt] = await Promise.all([
    DataService.findBankAccount(user),
    DataService.findTransferLock(user)
  ])
  const text = await getText('account')
  return (
    <Texts areas={['account', 'transfers', 'connections']}>
      <div className="print-sheet">
        <PageHeading title={text('Account')} action={account ? <PrintButton /> : undefined}>
          {text('Your own account, opened through {brand}.')}
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
    </Texts>
  )
}

function TransfersLocked() {
  const text = useText('account')
  return (
    <Notice tone="warn" title={text('Transfers are locked')}>
      {text(
        'The link “This wasn’t me” in one of our e-mails was used, so no money can be added or withdrawn and no other account can be linked. Contact us to unlock transfers: we first verify in another way that it is you.'
      )}
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
  const text = useText('account')
  return (
    <Card labelledBy="what-it-is" className="p-6">
      <h2 id="what-it-is" className="font-medium">
        {text('About this account')}
      </h2>
      <div className="mt-2 space-y-2 text-[0.9375rem] text-muted leading-7">
        <p>
          {text(
            'Money you pay in is held at Jiko and put into US Treasury bills. It stays yours, in your name.'
          )}
        </p>
        <p>
          {text(
            'Use the routing and account number to receive your salary or a transfer from another bank. Only share them with people and companies you trust.'
          )}
        </p>
      </div>
    </Card>
  )
}

function NoAccount() {
  const text = useText('account')
  return (
    <Card>
      <EmptyState
        title={text('No account yet')}
        action={<ButtonLink href="/onboarding">{text('Open an account')}</ButtonLink>}
      >
        {text(
          'Answer a few questions to apply. It takes about five minutes, and your answers are saved as you go.'
        )}
      </EmptyState>
    </Card>
  )
}
