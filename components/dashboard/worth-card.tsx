'use client'

import useSWR from 'swr'
import type { Page, WireAccount, WireBankAccount } from '@/lib/api/answers'
import { formatMoney } from '@/lib/domain/money'
import { oldest, type Total, totalsOf } from '../money/totals'
import { Card } from '../ui/card'
import { When } from '../ui/when'

const text = (minor: bigint, currency: string) => formatMoney({ minor, currency }).replace(/^-/, '\u2212')

type Props = { accounts: Page<WireAccount>; own: WireBankAccount | null }

/** What everything adds up to, one figure per currency: nothing is converted behind anyone's back. */
export function WorthCard({ accounts, own }: Props) {
  const { data } = useSWR<Page<WireAccount>>('/api/v1/accounts', { fallbackData: accounts })
  const { data: account } = useSWR<WireBankAccount>(own ? '/api/v1/account' : null, { fallbackData: own ?? undefined })
  const items = data?.items ?? []
  const totals = totalsOf(items, account ?? null)
  const asOf = oldest([account?.balanceAt ?? null, ...items.map(({ balancesAt }) => balancesAt)])
  const unknown = items.filter(({ current }) => !current).length
  return (
    <Card labelledBy="worth" className="p-5 sm:p-6">
      <h2 id="worth" className="text-muted text-sm">
        Everything you own, minus what you owe
      </h2>
      <div className="mt-1 space-y-6">
        {(totals.length > 0 ? totals : [{ currency: 'USD', assets: 0n, owed: 0n, net: 0n }]).map((total) => (
          <Figures key={total.currency} total={total} />
        ))}
      </div>
      <p className="mt-5 text-muted text-sm">
        {asOf ? (
          <>
            Balances as of <When at={asOf} />
          </>
        ) : (
          'Balances appear once a bank has reported them'
        )}
        {unknown > 0 && `. ${unknown} ${unknown === 1 ? 'account has' : 'accounts have'} no balance and ${unknown === 1 ? 'is' : 'are'} not counted`}
      </p>
    </Card>
  )
}

function Figures({ total }: { total: Total }) {
  const share = total.assets + total.owed > 0n ? Number((total.assets * 1_000n) / (total.assets + total.owed)) / 10 : 0
  return (
    <div>
      <p className="whitespace-nowrap font-semibold text-[2.125rem] tabular-nums leading-tight tracking-[-0.03em] sm:text-[2.75rem]">
        {text(total.net, total.currency)}
      </p>
      <div aria-hidden="true" className="mt-5 flex h-2 gap-1">
        <span className="rounded-full bg-accent" style={{ width: `${share}%` }} />
        <span className="flex-1 rounded-full bg-line" />
      </div>
      <dl className="mt-3 flex flex-wrap justify-between gap-x-8 gap-y-2">
        <div>
          <dt className="text-muted text-sm">You own</dt>
          <dd className="font-medium tabular-nums">{text(total.assets, total.currency)}</dd>
        </div>
        <div className="text-right">
          <dt className="text-muted text-sm">You owe</dt>
          <dd className="font-medium tabular-nums">{text(total.owed, total.currency)}</dd>
        </div>
      </dl>
    </div>
  )
}
