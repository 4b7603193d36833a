'use client'

import clsx from 'clsx'
import Link from 'next/link'
import { usePathname } from 'next/navigation'

const LINKS = [
  { href: '/admin', label: 'Overview' },
  { href: '/admin/people', label: 'People' },
  { href: '/admin/audit', label: 'Audit log' }
] as const

/** The places of the administration. */
export function AdminNav() {
  const path = usePathname()
  return (
    <nav aria-label="Administration" className="mx-auto max-w-6xl px-3 pt-3 sm:px-6">
      <ul className="flex items-center gap-1">
        {LINKS.map(({ href, label }) => {
          const here = href === '/admin' ? path === href : path.startsWith(href)
          return (
            <li key={href}>
              <Link
                href={href}
                aria-current={here ? 'page' : undefined}
                className={clsx(
                  'inline-flex min-h-10 items-center rounded-control px-2 font-medium text-sm transition-colors hover:bg-sunken sm:px-3 sm:text-[0.9375rem]',
                  here ? 'bg-accent-soft text-accent' : 'text-muted hover:text-ink'
                )}
              >
                {label}
              </Link>
            </li>
          )
        })}
      </ul>
    </nav>
  )
}
