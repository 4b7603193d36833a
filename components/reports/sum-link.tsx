import clsx from 'clsx'
import Link from 'next/link'
import type { CSSProperties, ReactNode } from 'react'
import { MoneyText } from '@/components/ui/formatting'
import type { SumResponse } from '@/lib/api/reports'

/** A total that links to its transactions. `what` names it for screen readers. */
export function SumLink({
  sum,
  description,
  className,
  style
}: {
  sum: SumResponse
  description?: ReactNode
  className?: string
  style?: CSSProperties
}) {
  return (
    <Link
      href={sum.rows}
      prefetch={false}
      style={style}
      className={clsx(
        'inline-block whitespace-nowrap tabular-nums underline decoration-transparent underline-offset-4 hover:decoration-current',
        className
      )}
    >
      <MoneyText money={sum} />
      {description && <span className="sr-only"> {description}</span>}
    </Link>
  )
}
