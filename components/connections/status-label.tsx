import clsx from 'clsx'
import type { ConnectionState } from '@/components/connections/connection-status'

const INK = { good: 'text-positive', info: 'text-muted', warn: 'text-warn', bad: 'text-danger' }

/** A dot and a word: the colour only repeats what the word says. */
export function StateLabel({ state }: { state: ConnectionState }) {
  return (
    <span
      className={clsx(
        'inline-flex items-center gap-1.5 whitespace-nowrap font-medium text-sm',
        INK[state.tone]
      )}
    >
      <span
        aria-hidden="true"
        className={clsx(
          'size-2 rounded-full bg-current',
          state.label === 'Updating' && 'motion-safe:animate-pulse'
        )}
      />
      {state.label}
    </span>
  )
}
