import clsx from 'clsx'
import { CircleAlert, CircleCheck, Info, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'

const TONES = {
  info: { box: 'border-line bg-surface', icon: Info, ink: 'text-muted' },
  good: { box: 'border-accent/25 bg-accent-soft', icon: CircleCheck, ink: 'text-accent' },
  warn: { box: 'border-warn/30 bg-warn-soft', icon: TriangleAlert, ink: 'text-warn' },
  bad: { box: 'border-danger/30 bg-danger-soft', icon: CircleAlert, ink: 'text-danger' }
} as const

type Props = {
  tone?: keyof typeof TONES
  title?: string
  children?: ReactNode
  action?: ReactNode
  live?: boolean
  className?: string
}

/** A notice. `live` ones are announced when they appear. */
export function Notice({ tone = 'info', title, children, action, live = false, className }: Props) {
  const { box, icon: Icon, ink } = TONES[tone]
  return (
    <div
      role={live ? (tone === 'bad' ? 'alert' : 'status') : undefined}
      className={clsx('flex gap-3 rounded-xl border px-4 py-3.5', box, className)}
    >
      <Icon aria-hidden="true" className={clsx('mt-0.5 size-5 shrink-0', ink)} strokeWidth={1.9} />
      <div className="min-w-0 flex-1 text-[0.9375rem] leading-6">
        {title && <p className="font-medium">{title}</p>}
        {children && <div className={clsx(title && 'text-muted')}>{children}</div>}
        {action && <div className="mt-2.5">{action}</div>}
      </div>
    </div>
  )
}
