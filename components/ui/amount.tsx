'use client'

import clsx from 'clsx'
import { useText } from '#text'
import { useFormatting } from '@/components/ui/formatting'
import type { MoneyResponse } from '@/lib/api/responses'

type Props = {
  money: MoneyResponse | null
  className?: string
  signed?: boolean
  placeholder?: string
}

/** An amount. `change` marks money in with a plus sign and a color. */
export function Amount({ money, className, signed = false, placeholder }: Props) {
  const format = useFormatting()
  if (!money)
    return <span className={clsx('text-muted', className)}>{placeholder ?? <NotReported />}</span>
  const incoming = signed && BigInt(money.minor) > 0n
  return (
    <span
      suppressHydrationWarning
      className={clsx('whitespace-nowrap tabular-nums', incoming && 'text-positive', className)}
    >
      {`${incoming ? '+' : ''}${format.money(money)}`}
    </span>
  )
}

const NotReported = () => useText('common')('Not reported')
