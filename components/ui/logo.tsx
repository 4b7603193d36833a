import clsx from 'clsx'

/** Three landmasses in one disc. */
export function LogoMark({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 32 32" aria-hidden="true" className={clsx('shrink-0', className)}>
      <circle cx="16" cy="16" r="15" fill="currentColor" />
      <g
        fill="none"
        stroke="var(--mark-gap, var(--surface))"
        strokeWidth="2.4"
        strokeLinecap="round"
      >
        <path d="M5.2 3.6C9.5 8.2 15.8 8.6 16.6 14.4C17.3 19.6 12.6 22.4 14.6 32" />
        <path d="M16.7 15.2C21.4 12.2 25.6 16.4 32.4 12.6" />
      </g>
    </svg>
  )
}

/** The mark and the name. */
export function Wordmark({ className }: { className?: string }) {
  return (
    <span className={clsx('inline-flex items-center gap-2.5', className)}>
      <LogoMark className="size-7 text-accent" />
      <span className="font-semibold text-[1.1875rem] tracking-[-0.02em]">Pangea</span>
    </span>
  )
}
