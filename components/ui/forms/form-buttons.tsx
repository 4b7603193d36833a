import clsx from 'clsx'
import type { ReactNode } from 'react'
import { useText } from '#text'
import { Button } from '@/components/ui/button'

type Props = {
  busy: boolean
  /** Label of the submit button: idle and busy. */
  labels: [rest: string, working: string]
  onCancel: () => void
  /** Additional buttons between submit and cancel. */
  children?: ReactNode
  className?: string
}

/** Submit and cancel buttons. */
export function FormButtons({
  busy,
  labels: [idleLabel, busyLabel],
  onCancel,
  children,
  className
}: Props) {
  const text = useText('common')
  return (
    <div className={clsx('flex flex-wrap gap-2 max-sm:[&>button]:w-full', className)}>
      <Button type="submit" busy={busy}>
        {busy ? busyLabel : idleLabel}
      </Button>
      {children}
      <Button variant="bare" onClick={onCancel}>
        {text('Cancel')}
      </Button>
    </div>
  )
}
