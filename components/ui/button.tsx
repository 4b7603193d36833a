import Link from 'next/link'
import { Children, type ComponentProps, type ReactNode } from 'react'
import { buttonClass, type Variant } from '@/components/ui/button-class'

export type { Variant }

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
      className={buttonClass(variant, busy && 'cursor-progress opacity-70', className)}
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
    <Link href={href} className={buttonClass(variant, className)}>
      {wrapText(children)}
    </Link>
  )
}
