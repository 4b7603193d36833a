import clsx from 'clsx'
import type { ReactNode } from 'react'

export function Card({
  children,
  className,
  labelledBy
}: {
  children: ReactNode
  className?: string
  labelledBy?: string
}) {
  return (
    <section
      aria-labelledby={labelledBy}
      className={clsx(
        'rounded-card border border-line bg-surface shadow-[0_1px_2px_var(--shadow)]',
        className
      )}
    >
      {children}
    </section>
  )
}

/** Empty state with an action. */
export function EmptyState({
  title,
  as: Heading = 'h2',
  children,
  action
}: {
  title: string
  as?: 'h2' | 'h3'
  children: ReactNode
  action?: ReactNode
}) {
  return (
    <div className="flex flex-col items-start gap-1.5 px-6 py-10 sm:items-center sm:text-center">
      <Heading className="font-medium">{title}</Heading>
      <div className="max-w-md text-muted text-sm leading-6">{children}</div>
      {action && <div className="mt-4">{action}</div>}
    </div>
  )
}

/** Page heading with actions. */
export function PageHeading({
  title,
  children,
  action
}: {
  title: string
  children?: ReactNode
  action?: ReactNode
}) {
  return (
    <div className="flex flex-wrap items-end justify-between gap-x-6 gap-y-4">
      <div>
        <h1 className="font-semibold text-[1.75rem] leading-9 tracking-[-0.02em]">{title}</h1>
        {children && <p className="mt-1.5 max-w-prose text-muted">{children}</p>}
      </div>
      {action}
    </div>
  )
}
