import type { Metadata } from 'next'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { useText } from '#text'
import { type RedirectParams, requireValidRedirectUrl } from '@/app/_lib/redirect-url'
import { getText, Texts } from '@/app/_lib/text'
import { ClientOnly } from '@/components/ui/client-only'
import { ClerkForm } from '@/components/users/clerk-form'
import { ClerkLoadError } from '@/components/users/clerk-load-error'

export async function generateMetadata(): Promise<Metadata> {
  const text = await getText('site')
  return { title: text('Create your login') }
}

export default async function SignUpPage({ searchParams }: { searchParams: RedirectParams }) {
  await requireValidRedirectUrl('/sign-up', searchParams)
  const text = await getText('site')
  return (
    <Texts areas={['users']}>
      <ClientOnly fallback={<SignUpSkeleton />}>
        <ClerkLoadError />
        <ClerkForm
          form="SignUp"
          path="/sign-up"
          settings={{
            signInUrl: '/sign-in',
            fallbackRedirectUrl: '/onboarding',
            signInFallbackRedirectUrl: '/dashboard'
          }}
          fallback={<SignUpSkeleton />}
        />
      </ClientOnly>
      <p className="mt-5 text-center text-muted text-sm leading-6">
        {text.rich(
          'By signing up you agree to the <terms>Terms</terms> and the <privacy>Privacy notice</privacy>.',
          {
            terms: (part) => (
              <TextLink key="terms" href="/terms">
                {part}
              </TextLink>
            ),
            privacy: (part) => (
              <TextLink key="privacy" href="/privacy">
                {part}
              </TextLink>
            )
          }
        )}
      </p>
    </Texts>
  )
}

/** Placeholder of Clerk's form until Clerk has loaded, with the same heading and line below it. */
function SignUpSkeleton() {
  const text = useText('site')
  return (
    <div data-loading="" className="h-[30rem] rounded-2xl border border-line bg-surface px-10 pt-8">
      <h1 className="text-center font-bold text-xl tracking-[-0.01em]">
        {text('Create your account')}
      </h1>
      <p className="mt-1 text-center text-[0.9375rem] text-muted">
        {text('Welcome! Please fill in the details to get started.')}
      </p>
    </div>
  )
}

const TextLink = ({ href, children }: { href: string; children: ReactNode }) => (
  <Link href={href} className="underline underline-offset-2">
    {children}
  </Link>
)
