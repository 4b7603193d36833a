import type { Metadata } from 'next'
import Link from 'next/link'
import { ButtonLink } from '@/components/ui/button'
import { Wordmark } from '@/components/ui/logo'
import { brand } from '@/pangea.config'

export const metadata: Metadata = { title: 'Page not found' }

export default function NotFoundPage() {
  return (
    <div className="mx-auto max-w-xl px-5 py-6">
      <Link
        href="/"
        className="inline-block rounded [--mark-gap:var(--canvas)]"
        aria-label={`${brand.name}, home`}
      >
        <Wordmark />
      </Link>
      <main id="main" className="py-20">
        <h1 className="font-semibold text-[1.75rem] leading-9 tracking-[-0.02em]">
          There is no page here
        </h1>
        <p className="mt-3 leading-7">The address may be mistyped, or the page has moved.</p>
        <ButtonLink href="/dashboard" className="mt-6">
          Go to your dashboard
        </ButtonLink>
      </main>
    </div>
  )
}
