import { SignIn } from '@clerk/nextjs'
import type { Metadata } from 'next'
import { type RedirectParams, requireValidRedirectUrl } from '@/app/_lib/redirect-url'
import { ClientOnly } from '@/components/ui/client-only'
import { ClerkLoadError } from '@/components/users/clerk-load-error'
import { SignInGuard } from '@/components/users/sign-in-guard'
import { env } from '@/lib/platform/env'
import { brand } from '@/pangea.config'

export const metadata: Metadata = { title: 'Sign in' }

export default async function SignInPage({ searchParams }: { searchParams: RedirectParams }) {
  await requireValidRedirectUrl('/sign-in', searchParams)
  return (
    <ClientOnly fallback={<SignInSkeleton />}>
      <ClerkLoadError />
      <SignInGuard appUrl={env().appUrl} fallback={<SignInSkeleton />}>
        <SignIn
          path="/sign-in"
          signUpUrl="/sign-up"
          fallbackRedirectUrl="/dashboard"
          signUpFallbackRedirectUrl="/onboarding"
          fallback={<SignInSkeleton />}
        />
      </SignInGuard>
    </ClientOnly>
  )
}

/** Placeholder of Clerk's form, with the same heading, until Clerk has loaded. */
function SignInSkeleton() {
  return (
    <div data-loading="" className="h-[27rem] rounded-2xl border border-line bg-surface px-10 pt-8">
      <h1 className="text-center font-bold text-xl tracking-[-0.01em]">Sign in to {brand.name}</h1>
    </div>
  )
}
