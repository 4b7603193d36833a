import { BalanceBar, GroupRow } from '@/components/reports/net-worth-groups'
import { NetWorthOverTime } from '@/components/reports/net-worth-over-time'
import { Card } from '@/components/ui/card'
import { fitToWidth } from '@/components/ui/fit-amount'
import { DateTime, MoneyText } from '@/components/ui/formatting'
import type { NetWorthHistoryResponse, NetWorthResponse } from '@/lib/api/reports'

type CurrencyNetWorth = NetWorthResponse['currencies'][number]

/** Net worth and its components, one total per currency without conversion. */
export function NetWorthCard({
  netWorth,
  history
}: {
  netWorth: NetWorthResponse
  history: NetWorthHistoryResponse
}) {
  return (
    <Card labelledBy="worth" className="overflow-hidden">
      <div className="px-5 pt-5 pb-4 sm:px-6 sm:pt-6">
        <h2 id="worth" className="text-muted text-sm">
          Everything you own, minus what you owe
        </h2>
        {netWorth.currencies.length === 0 && <Headline>$0.00</Headline>}
        <p className="sr-only">
          {netWorth.currencies.length > 1 &&
            'One total for each currency; amounts are not converted.'}
        </p>
      </div>
      <div className="-mt-4 divide-y divide-line">
        {netWorth.currencies.map((one) => (
          <CurrencySection key={one.currency} netWorth={one} history={history} />
        ))}
      </div>
      <Footnote netWorth={netWorth} />
    </Card>
  )
}

const Headline = ({ children }: { children: React.ReactNode }) => (
  <p className="@container mt-1 whitespace-nowrap font-semibold text-[2.125rem] tabular-nums leading-tight tracking-[-0.03em] sm:text-[2.75rem]">
    {children}
  </p>
)

function CurrencySection({
  netWorth,
  history
}: {
  netWorth: CurrencyNetWorth
  history: NetWorthHistoryResponse
}) {
  const [owned, owed] = [
    netWorth.groups.filter(({ value }) => !value.minor.startsWith('-')),
    netWorth.groups.filter(({ value }) => value.minor.startsWith('-'))
  ]
  const max =
    BigInt(netWorth.assets.minor) > BigInt(netWorth.debts.minor)
      ? BigInt(netWorth.assets.minor)
      : BigInt(netWorth.debts.minor)
  return (
    <div className="pt-0">
      <div className="px-5 pb-5 sm:px-6">
        <Headline>
          <span style={fitToWidth(netWorth.net)}>
            <MoneyText money={netWorth.net} />
          </span>
        </Headline>
        {netWorth.asOf && (
          <p className="text-muted text-sm">
            As of <DateTime at={netWorth.asOf} />
          </p>
        )}
        <div className="mt-4 space-y-3">
          <BalanceBar
            label="You own"
            money={<MoneyText money={netWorth.assets} />}
            groups={owned}
            whole={max}
          />
          <BalanceBar
            label="You owe"
            money={<MoneyText money={netWorth.debts} />}
            groups={owed}
            whole={max}
          />
        </div>
      </div>
      <NetWorthOverTime currency={netWorth.currency} initial={history} />
      <ul className="divide-y divide-line border-line border-t">
        {netWorth.groups.map((group) => (
          <li key={group.type}>
            <GroupRow group={group} />
          </li>
        ))}
      </ul>
    </div>
  )
}

function Footnote({ netWorth: { asOf, stale, leftOut } }: { netWorth: NetWorthResponse }) {
  if (asOf && stale.length === 0 && leftOut.length === 0) return null
  return (
    <div className="space-y-1 border-line border-t px-5 py-3 text-muted text-sm sm:px-6">
      {!asOf && <p>Balances appear once a bank has reported them</p>}
      {stale.length > 0 && (
        <p className="text-warn">{`May be out of date: ${summarizeByBank(stale)}`}</p>
      )}
      {leftOut.length > 0 && (
        <p>{`Not counted: ${leftOut.map(({ name, reason }) => `${name} (${reason === 'no_balance' ? 'no balance' : 'unknown kind of account'})`).join(', ')}`}</p>
      )}
    </div>
  )
}

/** One account by name, several by number. */
function summarizeByBank(holdings: readonly { name: string; institutionName: string }[]): string {
  const banks = new Set(holdings.map(({ institutionName }) => institutionName))
  return [...banks]
    .map((bank) => {
      const accounts = holdings.filter(({ institutionName }) => institutionName === bank)
      return `${accounts.length === 1 ? accounts[0]?.name : `${accounts.length} accounts`} at ${bank}`
    })
    .join(', ')
}
