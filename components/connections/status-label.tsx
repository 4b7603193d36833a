import clsx from 'clsx'
import type { ConnectionStatusText } from '@/components/connections/connection-status'

const TONE_CLASS = {
  good: 'text-positive',
  info: 'text-muted',
  warn: 'text-warn',
  bad: 'text-danger'
}

/** A dot and a label: the color only repeats the label. */
export function StatusLabel({ state }: { state: ConnectionStatusText }) {
  return (
    <span
      className={clsx(
        'inline-flex items-center gap-1.5 whitespace-nowrap font-medium text-sm',
        TONE_CLASS[state.tone]
      )}
    >
      <span
        aria-hidden="true"
        className={clsx(
          'size-2 rounded-full bg-current',
          state.isUpdating && 'motion-safe:animate-pulse'
        )}
      />
      {state.label}
    </span>
  )
}
