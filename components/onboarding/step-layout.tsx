import { ArrowLeft } from 'lucide-react'
import Link from 'next/link'
import type { ReactNode } from 'react'

export function BackLink({ href }: { href: string }) {
  return (
    <Link
      href={href}
      className="-ml-1 mb-6 inline-flex min-h-8 items-center gap-1.5 rounded px-1 text-[0.9375rem] text-muted hover:text-ink"
    >
      <ArrowLeft aria-hidden="true" className="size-4" />
      Back
    </Link>
  )
}

/** "Question 3 of 8", without a progress bar: the number of steps varies. */
export function StepCount({ children }: { children: ReactNode }) {
  return <p className="mb-2 font-medium text-muted text-sm">{children}</p>
}

export function Legend({ children }: { children: ReactNode }) {
  return (
    <legend className="w-full">
      <h1 className="font-semibold text-[1.75rem] leading-9 tracking-[-0.02em]">{children}</h1>
    </legend>
  )
}
