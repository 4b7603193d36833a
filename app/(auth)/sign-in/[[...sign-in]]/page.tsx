import type { Metadata } from 'next'
import { useText } from '#text'
import { type RedirectParams, requireValidRedirectUrl } from '@/app/_lib/redirect-url'
import { getText, Texts } from '@/app/_lib/text'
import { ClientOnly } from '@/components/ui/client-only'
import { ClerkForm } from '@/components/users/clerk-form'
import { ClerkLoadError } from '@/components/users/clerk-load-error'
import { SignInGuard } from '@/components/users/sign-in-guard'
import { env } from '@/lib/platform/env'

export async function generateMetadata(): Promise<Metadata> {
  const text = await getText('site')
  return { title: text('Sign in') }
}

export default async function SignInPage({ searchParams }: { searchParams: RedirectParams }) {
  await requireValidRedirectUrl('/sign-in', searchParams)
  return (
    <Texts areas={['users']}>
      <ClientOnly fallback={<SignInSkeleton />}>
        <ClerkLoadError />
        <SignInGuard appUrl={env().appUrl} fallback={<SignInSkeleton />}>
          <ClerkForm
            form="SignIn"
            path="/sign-in"
            settings={{
              signUpUrl: '/sign-up',
              fallbackRedirectUrl: '/dashboard',
              signUpFallbackRedirectUrl: '/onboarding'
            }}
            fallback={<SignInSkeleton />}
          />
        </SignInGuard>
      </ClientOnly>
    </Texts>
  )
}

/** Placeholder of Clerk's form until Clerk has loaded, with the same heading and line below it. */
function SignInSkeleton() {
  const text = useText('site')
  return (
    <div data-loading="" className="h-[27rem] rounded-2xl border border-line bg-surface px-10 pt-8">
      <h1 className="text-center font-bold text-xl tracking-[-0.01em]">
        {text('Sign in to {brand}')}
      </h1>
      <p className="mt-1 text-center text-[0.9375rem] text-muted">
        {text('Welcome back! Please sign in to continue')}
      </p>
    </div>
  )
}
