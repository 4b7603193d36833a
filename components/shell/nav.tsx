'use client'

import clsx from 'clsx'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { NAV_LINKS } from './nav-links'

/** In the header on wide screens, at the thumb on phones. */
export function Nav({ place }: { place: 'header' | 'phone' }) {
  const path = usePathname()
  const phone = place === 'phone'
  return (
    <nav
      aria-label="Main"
      className={
        phone
          ? 'fixed inset-x-0 bottom-0 z-20 border-line border-t bg-surface/95 pb-[env(safe-area-inset-bottom)] backdrop-blur md:hidden print:hidden'
          : 'hidden md:block print:hidden'
      }
    >
      <ul className={phone ? 'grid grid-cols-4' : 'flex items-center gap-1'}>
        {NAV_LINKS.map(({ href, label, icon: Icon }) => {
          const here = path === href || path.startsWith(`${href}/`)
          return (
            <li key={href}>
              <Link
                href={href}
                aria-current={here ? 'page' : undefined}
                className={clsx(
                  'font-medium transition-colors',
                  here ? 'text-accent' : 'text-muted hover:text-ink',
                  phone
                    ? 'flex min-h-14 flex-col items-center justify-center gap-0.5 text-[0.6875rem] focus-visible:-outline-offset-3'
                    : 'inline-flex min-h-10 items-center rounded-control px-3 text-[0.9375rem] hover:bg-sunken',
                  here && !phone && 'bg-accent-soft'
                )}
              >
                {phone && <Icon aria-hidden="true" className="size-5" strokeWidth={here ? 2.1 : 1.75} />}
                {label}
              </Link>
            </li>
          )
        })}
      </ul>
    </nav>
  )
}
