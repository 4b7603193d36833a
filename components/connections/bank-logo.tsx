import clsx from 'clsx'
import type { ConnectionResponse } from '@/lib/api/responses'

/** The bank's logo from Plaid, else its initial in a circle. */
export function BankLogo({
  institution,
  className
}: {
  institution: ConnectionResponse['institution']
  className?: string
}) {
  const shape = clsx('size-10 shrink-0 rounded-full border border-line', className)
  if (institution.logo) {
    const source = institution.logo.startsWith('data:')
      ? institution.logo
      : `data:image/png;base64,${institution.logo}`
    return (
      <svg
        aria-hidden="true"
        viewBox="0 0 40 40"
        className={clsx(shape, 'overflow-hidden bg-white')}
      >
        <image href={source} width="40" height="40" />
      </svg>
    )
  }
  return (
    <span
      aria-hidden="true"
      className={clsx(
        shape,
        'inline-flex items-center justify-center bg-accent-soft font-semibold text-accent'
      )}
    >
      {institution.name.charAt(0).toUpperCase()}
    </span>
  )
}
