import Link from 'next/link'
import type { ReactNode } from 'react'
import { useText } from '#text'
import { SkipLink } from '@/components/shell/skip-link'
import { LanguageChoice } from '@/components/site/language-choice'
import { ButtonLink } from '@/components/ui/button'
import { Wordmark } from '@/components/ui/logo'
import { company } from '@/pangea.config'

const LINKS = [
  { href: '/fees', label: 'Fees' },
  { href: '/security', label: 'Security' },
  { href: '/help', label: 'Help' },
  { href: '/contact', label: 'Contact' },
  { href: '/status', label: 'Status' },
  { href: '/privacy', label: 'Privacy' },
  { href: '/terms', label: 'Terms' },
  { href: '/accessibility', label: 'Accessibility' }
] as const

/** Header, main and footer of the pages that everyone may read. They use no Clerk component. */
export function SiteFrame({
  signedIn,
  narrow = false,
  children
}: {
  signedIn: boolean
  narrow?: boolean
  children: ReactNode
}) {
  return (
    <div className="flex min-h-dvh flex-col [--mark-gap:var(--canvas)]">
      <SkipLink />
      <SiteHeader signedIn={signedIn} />
      <main
        id="main"
        tabIndex={-1}
        className={
          narrow
            ? 'mx-auto w-full max-w-3xl flex-1 px-5 pt-6 pb-16 outline-none sm:px-8'
            : 'flex-1 outline-none'
        }
      >
        {children}
      </main>
      <SiteFooter />
    </div>
  )
}

function SiteHeader({ signedIn }: { signedIn: boolean }) {
  const text = useText('site')
  return (
    <header className="mx-auto flex h-20 w-full max-w-6xl items-center justify-between gap-4 px-5 sm:px-8">
      <Link href="/" className="inline-flex rounded" aria-label={text('{brand}, home')}>
        <Wordmark />
      </Link>
      <nav aria-label={text('Your account')} className="flex items-center gap-1">
        {signedIn ? (
          <ButtonLink href="/dashboard">
            <span className="max-sm:hidden">{text('Go to your dashboard')}</span>
            <span className="sm:hidden">{text('Dashboard')}</span>
          </ButtonLink>
        ) : (
          <>
            <ButtonLink href="/sign-in" variant="bare">
              {text('Sign in')}
            </ButtonLink>
            <ButtonLink href="/sign-up" className="max-sm:hidden">
              {text('Open an account')}
            </ButtonLink>
          </>
        )}
      </nav>
    </header>
  )
}

function SiteFooter() {
  const text = useText('site')
  return (
    <footer className="border-line border-t">
      <div className="mx-auto max-w-6xl px-5 py-10 text-muted text-sm leading-6 sm:px-8">
        <nav aria-label={text('About')}>
          <ul className="flex flex-wrap gap-x-6 gap-y-2">
            {LINKS.map(({ href, label }) => (
              <li key={href}>
                <Link href={href} className="inline-block min-h-6 underline underline-offset-2">
                  {text(label)}
                </Link>
              </li>
            ))}
          </ul>
        </nav>
        <LanguageChoice current={text.language} />
        <p className="mt-6 max-w-3xl">
          {text(
            '{brand} is a service of {company}, {address}. {brand} is not a bank. Accounts are opened at Jiko, which decides on every application and provides the account’s documents before you apply. Bank connections are provided by Plaid.',
            { company: company.legalName, address: company.address }
          )}
        </p>
      </div>
    </footer>
  )
}
