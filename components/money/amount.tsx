import clsx from 'clsx'
import type { WireMoney } from '@/lib/api/answers'
import { formatMoney, type Money } from '@/lib/domain/money'

const fromWire = ({ minor, currency }: WireMoney): Money => ({ minor: BigInt(minor), currency })

/** An amount as text, with a true minus sign. */
export const moneyText = (money: WireMoney): string => formatMoney(fromWire(money)).replace(/^-/, '\u2212')

type Props = { money: WireMoney | null; className?: string; change?: boolean; absent?: string }

/** An amount of money. `change` marks money in with a plus and a colour, never by colour alone. */
export function Amount({ money, className, change = false, absent = 'Not reported' }: Props) {
  if (!money) return <span className={clsx('text-muted', className)}>{absent}</span>
  const value = fromWire(money)
  const incoming = change && value.minor > 0n
  const text = moneyText(money)
  return <span className={clsx('whitespace-nowrap tabular-nums', incoming && 'text-positive', className)}>{incoming ? `+${text}` : text}</span>
}
