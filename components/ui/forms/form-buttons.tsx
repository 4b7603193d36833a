import clsx from 'clsx'
import type { ReactNode } from 'react'
import { Button } from '@/components/ui/button'

type Props = {
  busy: boolean
  /** What the first button says: at rest, and while it works. */
  labels: [rest: string, working: string]
  onCancel: () => void
  /** Further ways, between going on and giving up. */
  children?: ReactNode
  className?: string
}

/** The end of a form: go on, or leave it. */
export function FormButtons({
  busy,
  labels: [idleLabel, busyLabel],
  onCancel,
  children,
  className
}: Props) {
  return (
    <div className={clsx('flex flex-wrap gap-2', className)}>
      <Button type="submit" busy={busy}>
        {busy ? busyLabel : idleLabel}
      </Button>
      {children}
      <Button variant="bare" onClick={onCancel}>
        Cancel
      </Button>
    </div>
  )
}
