'use client'

import { useText } from '#text'
import { EmptyText, Section } from '@/components/reports/section'
import { Amount } from '@/components/ui/amount'
import { DateText, useFormatting } from '@/components/ui/formatting'
import type {
  AccountInvestmentsResponse,
  HeldSecurityResponse,
  InvestmentTransactionResponse
} from '@/lib/api/linked-accounts'
import type { TextKey } from '@/lib/domain/text/text'

const KIND_LABELS: Record<string, TextKey<'connections'>> = {
  buy: 'Bought',
  sell: 'Sold',
  cash: 'Cash',
  fee: 'Fee',
  transfer: 'Transfer',
  cancel: 'Canceled'
}

/** The holdings of an investment account, and its latest transactions. */
export function AccountInvestments({
  investments: { holdings, transactions }
}: {
  investments: AccountInvestmentsResponse
}) {
  const text = useText('connections')
  return (
    <div className="mt-6 grid grid-cols-1 items-start gap-6 lg:grid-cols-2">
      <Section
        id="holdings"
        title={text('Holdings')}
        note={text('Values, costs and gains as your institution reports them')}
      >
        {holdings.length === 0 ? (
          <EmptyText>{text('No holdings reported yet.')}</EmptyText>
        ) : (
          <ul className="divide-y divide-line border-line border-t">
            {holdings.map((one) => (
              <HoldingRow key={`${one.name}-${one.ticker}-${one.quantity}`} holding={one} />
            ))}
          </ul>
        )}
      </Section>
      <Section id="investment-activity" title={text('Investment activity')}>
        {transactions.length === 0 ? (
          <EmptyText>{text('No investment transactions yet.')}</EmptyText>
        ) : (
          <ul className="divide-y divide-line border-line border-t">
            {transactions.map((one) => (
              <ActivityRow key={one.id} transaction={one} />
            ))}
          </ul>
        )}
      </Section>
    </div>
  )
}

const ROW_CLASS = 'flex flex-wrap items-start justify-between gap-x-4 px-5 py-3 sm:px-6'

function HoldingRow({ holding }: { holding: HeldSecurityResponse }) {
  const { decimal } = useFormatting()
  const text = useText('connections')
  const { name, ticker, quantity, price, value, cost, gain, currency } = holding
  const units = text('{quantity} units', { quantity: decimal(quantity) })
  const unitPrice = price && text('{price} {currency} each', { price: decimal(price), currency })
  return (
    <li className={ROW_CLASS}>
      <span className="min-w-0 flex-1 basis-40">
        <span className="block">{name}</span>
        <span suppressHydrationWarning className="block text-muted text-sm">
          {[ticker, units, unitPrice].filter(Boolean).join(' · ')}
        </span>
      </span>
      <span className="ml-auto text-right">
        <Amount money={value} className="font-medium" />
        <span className="block text-sm">
          {gain ? (
            text.rich('<muted>Gain</muted> <amount></amount>', {
              muted: (part) => (
                <span key="label" className="text-muted">
                  {part}
                </span>
              ),
              amount: () => <Amount key="amount" money={gain} signed />
            })
          ) : (
            <span className="text-muted">{text('Gain not reported')}</span>
          )}
        </span>
        {cost && (
          <span className="block text-muted text-sm">
            {text.rich('Cost <amount></amount>', {
              amount: () => <Amount key="amount" money={cost} />
            })}
          </span>
        )}
      </span>
    </li>
  )
}

function ActivityRow({ transaction }: { transaction: InvestmentTransactionResponse }) {
  const { decimal } = useFormatting()
  const text = useText('connections')
  const { name, kind, date, quantity, ticker, amount } = transaction
  const units =
    quantity && Number(quantity) !== 0
      ? text('{quantity} units', { quantity: decimal(quantity) })
      : null
  return (
    <li className={ROW_CLASS}>
      <span className="min-w-0 flex-1 basis-40">
        <span className="block">{name}</span>
        <span suppressHydrationWarning className="block text-muted text-sm">
          <DateText date={date} />
          {[text(KIND_LABELS[kind] ?? 'Other'), ticker, units]
            .filter(Boolean)
            .map((part) => ` · ${part}`)
            .join('')}
        </span>
      </span>
      <Amount money={amount} signed className="ml-auto font-medium" />
    </li>
  )
}
