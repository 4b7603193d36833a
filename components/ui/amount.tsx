'use client'

import clsx from 'clsx'
import type { MoneyResponse } from '@/lib/api/responses'
import { useWriting } from '@/components/ui/formatting'

type Props = { money: MoneyResponse | null; className?: string; change?: boolean; absent?: string }

/** An amount of money. `change` marks money in with a plus and a colour, never by colour alone. */
export function Amount({ money, className, change = false, absent = 'Not reported' }: Props) {
  const write = useWriting()
  if (!money) return <span className={clsx('text-muted', className)}>{absent}</span>
  const incoming = change && BigInt(money.minor) > 0n
  return (
    <span
      suppressHydrationWarning
      className={clsx('whitespace-nowrap tabular-nums', incoming && 'text-positive', className)}
    >
      {`${incoming ? '+' : ''}${write.money(money)}`}
    </span>
  )
}
