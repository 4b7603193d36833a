import { useText } from '#text'
import { BalanceBar, GroupRow } from '@/components/reports/net-worth-groups'
import { NetWorthOverTime } from '@/components/reports/net-worth-over-time'
import { Card } from '@/components/ui/card'
import { fitToWidth } from '@/components/ui/fit-amount'
import { DateTime, MoneyText } from '@/components/ui/formatting'
import type { NetWorthHistoryResponse, NetWorthResponse } from '@/lib/api/reports'
import type { Text } from '@/lib/domain/text/text'

type CurrencyNetWorth = NetWorthResponse['currencies'][number]

/** Net worth and its components, one total per currency without conversion. */
export function NetWorthCard({
  netWorth,
  history
}: {
  netWorth: NetWorthResponse
  history: NetWorthHistoryResponse
}) {
  const text = useText('reports')
  return (
    <Card labelledBy="worth" className="overflow-hidden">
      <div className="px-5 pt-5 pb-4 sm:px-6 sm:pt-6">
        <h2 id="worth" className="text-muted text-sm">
          {text('Everything you own, minus what you owe')}
        </h2>
        {netWorth.currencies.length === 0 && <Headline>$0.00</Headline>}
        <p className="sr-only">
          {netWorth.currencies.length > 1 &&
            text('One total for each currency; amounts are not converted.')}
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
  const text = useText('reports')
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
            {text.rich('As of <when></when>', {
              when: () => <DateTime key="when" at={netWorth.asOf ?? ''} />
            })}
          </p>
        )}
        <div className="mt-4 space-y-3">
          <BalanceBar
            label={text('You own')}
            money={<MoneyText money={netWorth.assets} />}
            groups={owned}
            whole={max}
          />
          <BalanceBar
            label={text('You owe')}
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
  const text = useText('reports')
  if (asOf && stale.length === 0 && leftOut.length === 0) return null
  const notCounted = leftOut.map(({ name, reason }) =>
    reason === 'no_balance'
      ? text('{name} (no balance)', { name })
      : text('{name} (unknown kind of account)', { name })
  )
  return (
    <div className="space-y-1 border-line border-t px-5 py-3 text-muted text-sm sm:px-6">
      {!asOf && <p>{text('Balances appear once a bank has reported them')}</p>}
      {stale.length > 0 && (
        <p className="text-warn">
          {text('May be out of date: {accounts}', { accounts: summarizeByBank(stale, text) })}
        </p>
      )}
      {leftOut.length > 0 && (
        <p>{text('Not counted: {accounts}', { accounts: notCounted.join(', ') })}</p>
      )}
    </div>
  )
}

/** One account by name, several by number. */
function summarizeByBank(
  holdings: readonly { name: string; institutionName: string }[],
  text: Text<'reports'>
): string {
  const banks = new Set(holdings.map(({ institutionName }) => institutionName))
  return [...banks]
    .map((bank) => {
      const accounts = holdings.filter(({ institutionName }) => institutionName === bank)
      const [{ name } = { name: '' }] = accounts
      return accounts.length === 1
        ? text('{name} at {bank}', { name, bank })
        : text('{count, plural, one {# account} other {# accounts}} at {bank}', {
            count: accounts.length,
            bank
          })
    })
    .join(', ')
}
