'use client'

import clsx from 'clsx'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { useText } from '#text'
import { NAV_LINKS } from '@/components/shell/nav-links'

const isActive = (path: string, href: string) => path === href || path.startsWith(`${href}/`)

/** Bottom navigation on phones. */
export function MobileNav() {
  const text = useText('shell')
  const path = usePathname()
  return (
    <nav
      aria-label={text('Main')}
      className="fixed inset-x-0 bottom-0 z-20 border-line border-t bg-surface/95 pb-[env(safe-area-inset-bottom)] backdrop-blur md:hidden print:hidden"
    >
      <ul className="grid grid-cols-4">
        {NAV_LINKS.map(({ href, label, icon: Icon }) => {
          const active = isActive(path, href)
          return (
            <li key={href}>
              <Link
                href={href}
                aria-current={active ? 'page' : undefined}
                className={clsx(
                  'flex min-h-14 flex-col items-center justify-center gap-0.5 font-medium text-[0.6875rem] transition-colors focus-visible:-outline-offset-3',
                  active ? 'text-accent' : 'text-muted hover:text-ink'
                )}
              >
                <Icon aria-hidden="true" className="size-5" strokeWidth={active ? 2.1 : 1.75} />
                {text(label)}
              </Link>
            </li>
          )
        })}
      </ul>
    </nav>
  )
}

type Props = {
  label: string
  links: readonly { href: string; label: string }[]
  className?: string
}

/** Text navigation. A parent page is current only on its own path. */
export function Nav({ label: name, links, className }: Props) {
  const path = usePathname()
  const deepest = links.filter(({ href }) => isActive(path, href)).at(-1)
  return (
    <nav aria-label={name} className={clsx('print:hidden', className)}>
      <ul className="flex items-center gap-1">
        {links.map(({ href, label }) => (
          <li key={href}>
            <Link
              href={href}
              aria-current={href === deepest?.href ? 'page' : undefined}
              className={clsx(
                'inline-flex min-h-10 items-center rounded-control px-3 font-medium text-[0.9375rem] transition-colors hover:bg-sunken',
                href === deepest?.href ? 'bg-accent-soft text-accent' : 'text-muted hover:text-ink'
              )}
            >
              {label}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}

export function MainNav() {
  const text = useText('shell')
  const links = NAV_LINKS.map(({ href, label }) => ({ href, label: text(label) }))
  return <Nav label={text('Main')} links={links} className="hidden md:block" />
}
