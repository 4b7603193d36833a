import clsx from 'clsx'
import { brand, mark } from '@/pangea.config'

/** The mark of pangea.config.ts. */
export function LogoMark({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 32 32" aria-hidden="true" className={clsx('shrink-0', className)}>
      <path d={mark.shape} fill="currentColor" />
      <g
        fill="none"
        stroke="var(--mark-gap, var(--surface))"
        strokeWidth={mark.lineWidth}
        strokeLinecap="round"
      >
        {mark.lines.map((line) => (
          <path key={line} d={line} />
        ))}
      </g>
    </svg>
  )
}

/** The mark and the name. */
export function Wordmark({ className }: { className?: string }) {
  return (
    <span className={clsx('inline-flex items-center gap-2.5', className)}>
      <LogoMark className="size-7 text-accent" />
      <span className="font-semibold text-[1.1875rem] tracking-[-0.02em]">{brand.name}</span>
    </span>
  )
}
