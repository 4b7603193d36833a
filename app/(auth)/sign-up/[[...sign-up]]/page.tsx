import { SignUp } from '@clerk/nextjs'
import type { Metadata } from 'next'
import Link from 'next/link'
import { type RedirectParams, requireValidRedirectUrl } from '@/app/_lib/redirect-url'
import { ClientOnly } from '@/components/ui/client-only'
import { ClerkLoadError } from '@/components/users/clerk-load-error'

export const metadata: Metadata = { title: 'Create your login' }

export default async function SignUpPage({ searchParams }: { searchParams: RedirectParams }) {
  await requireValidRedirectUrl('/sign-up', searchParams)
  return (
    <>
      <ClientOnly fallback={<SignUpSkeleton />}>
        <ClerkLoadError />
        <SignUp
          path="/sign-up"
          signInUrl="/sign-in"
          fallbackRedirectUrl="/onboarding"
          signInFallbackRedirectUrl="/dashboard"
          fallback={<SignUpSkeleton />}
        />
      </ClientOnly>
      <p className="mt-5 text-center text-muted text-sm leading-6">
        By signing up you agree to the <TextLink href="/terms">Terms</TextLink> and the{' '}
        <TextLink href="/privacy">Privacy notice</TextLink>.
      </p>
    </>
  )
}

/** Placeholder of Clerk's form, with the same heading, until Clerk has loaded. */
function SignUpSkeleton() {
  return (
    <div data-loading="" className="h-[30rem] rounded-2xl border border-line bg-surface px-10 pt-8">
      <h1 className="text-center font-bold text-xl tracking-[-0.01em]">Create your account</h1>
    </div>
  )
}

const TextLink = ({ href, children }: { href: string; children: string }) => (
  <Link href={href} className="underline underline-offset-2">
    {children}
  </Link>
)
