import { ArrowLeft } from 'lucide-react'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { useText } from '#text'

export function BackLink({ href }: { href: string }) {
  const text = useText('onboarding')
  return (
    <Link
      href={href}
      className="-ml-1 mb-6 inline-flex min-h-8 items-center gap-1.5 rounded px-1 text-[0.9375rem] text-muted hover:text-ink"
    >
      <ArrowLeft aria-hidden="true" className="size-4" />
      {text('Back')}
    </Link>
  )
}

/** How far the user is on the way to a submitted application. */
export function JourneyProgress({ at, of }: { at: number; of: number }) {
  const text = useText('onboarding')
  return (
    <div className="mb-6">
      <p className="mb-2 font-medium text-muted text-sm">{text('Step {at} of {of}', { at, of })}</p>
      <div aria-hidden="true" className="h-1.5 rounded-full bg-line">
        <div
          className="h-full rounded-full bg-accent transition-[width] motion-reduce:transition-none"
          style={{ width: `${(at / of) * 100}%` }}
        />
      </div>
    </div>
  )
}

export function Legend({ children }: { children: ReactNode }) {
  return (
    <legend className="w-full">
      <h1 className="font-semibold text-[1.75rem] leading-9 tracking-[-0.02em]">{children}</h1>
    </legend>
  )
}
