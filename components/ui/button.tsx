import clsx from 'clsx'
import Link from 'next/link'
import { Children, type ComponentProps, type ReactNode } from 'react'

const BASE_CLASS =
  'inline-flex min-h-11 items-center justify-center gap-2 rounded-control px-5 py-2.5 text-center font-medium text-[0.9375rem] leading-6 transition-colors'
const VARIANTS = {
  primary: 'border border-transparent bg-accent text-on-accent hover:bg-accent-strong',
  quiet: 'border border-line-strong/60 bg-surface text-ink hover:bg-sunken',
  bare: 'px-3 text-accent hover:bg-accent-soft'
} as const

export type Variant = keyof typeof VARIANTS

type ButtonProps = Omit<ComponentProps<'button'>, 'disabled'> & {
  variant?: Variant
  busy?: boolean
}

/**
 * A button that stays focusable while busy, so that screen readers keep their place; clicks are
 * ignored meanwhile.
 */
export function Button({
  variant = 'primary',
  busy = false,
  className,
  onClick,
  type = 'button',
  children,
  ...rest
}: ButtonProps) {
  return (
    <button
      {...rest}
      type={type}
      aria-disabled={busy || undefined}
      onClick={(event) => (busy ? event.preventDefault() : onClick?.(event))}
      className={clsx(
        BASE_CLASS,
        VARIANTS[variant],
        busy && 'cursor-progress opacity-70',
        className
      )}
    >
      {wrapText(children)}
    </button>
  )
}

/**
 * Wraps bare text next to other children in elements: browser translation replaces text nodes,
 * which makes React fail.
 */
function wrapText(children: ReactNode): ReactNode {
  const parts: ReactNode[] = []
  for (const part of Children.toArray(children)) {
    const last = parts.at(-1)
    if (typeof part === 'string' && typeof last === 'string') parts[parts.length - 1] = last + part
    else parts.push(typeof part === 'number' ? `${part}` : part)
  }
  return parts.length === 1
    ? children
    : Children.map(parts, (part) => (typeof part === 'string' ? <span>{part}</span> : part))
}

export function ButtonLink({
  variant = 'primary',
  className,
  href,
  children
}: {
  variant?: Variant
  className?: string
  href: string
  children: ReactNode
}) {
  return (
    <Link href={href} className={clsx(BASE_CLASS, VARIANTS[variant], className)}>
      {wrapText(children)}
    </Link>
  )
}
