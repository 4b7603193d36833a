'use client'

import clsx from 'clsx'
import useSWR from 'swr'
import { useText } from '#text'
import { AccountNumbers } from '@/components/account/account-numbers'
import { acceptsDeposits, accountStatusText } from '@/components/account/account-status'
import { AccountYield } from '@/components/account/account-yield'
import { Amount } from '@/components/ui/amount'
import { ButtonLink } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { DateTime } from '@/components/ui/formatting'
import { Notice } from '@/components/ui/notice'
import type { BankAccountResponse } from '@/lib/api/responses'

function Balance({ balance, balanceAt }: BankAccountResponse) {
  const text = useText('account')
  return (
    <>
      <p className="mt-5 font-semibold text-[2rem] leading-10 tracking-[-0.02em]">
        <Amount money={balance} placeholder={text('No balance yet')} />
      </p>
      <p className="text-muted text-sm">
        {balanceAt
          ? text.rich('Balance as of <when></when>', {
              when: () => <DateTime key="when" at={balanceAt} />
            })
          : text('Jiko will report the balance shortly')}
      </p>
    </>
  )
}

/** The Jiko account: balance, its time, and the numbers for deposits. */
export function AccountCard({
  initial,
  showNumbers = true
}: {
  initial: BankAccountResponse
  showNumbers?: boolean
}) {
  const { data: account = initial } = useSWR<BankAccountResponse>('/api/v1/account', {
    fallbackData: initial
  })
  const text = useText('account')
  const { label, tone, notice } = accountStatusText(account.status)
  return (
    <Card labelledBy="jiko-account" className="p-5 sm:p-6">
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2">
        <div>
          <h2 id="jiko-account" className="font-medium">
            {account.name}
          </h2>
          <p className="text-muted text-sm">{text('Held at Jiko, in US Treasury bills')}</p>
        </div>
        <span
          className={clsx(
            'rounded-full px-2.5 py-0.5 font-medium text-sm',
            tone === 'good'
              ? 'bg-accent-soft text-accent'
              : 'border border-warn/40 bg-warn-soft text-ink'
          )}
        >
          {text(label)}
        </span>
      </div>
      {notice && (
        <Notice tone="warn" live className="mt-4" title={text(notice.title)}>
          {text(notice.detail)}
        </Notice>
      )}
      <Balance {...account} />
      {!showNumbers && acceptsDeposits(account.status) && (
        <>
          <AccountYield />
          <ButtonLink href="/account#add-money" variant="quiet" className="mt-5 max-sm:w-full">
            {text('Add money')}
          </ButtonLink>
        </>
      )}
      {showNumbers && acceptsDeposits(account.status) && (
        <div className="mt-6 border-line border-t pt-6">
          <AccountNumbers
            routingNumberLast4={account.routingNumberLast4}
            accountNumberLast4={account.accountNumberLast4}
          />
        </div>
      )}
    </Card>
  )
}
