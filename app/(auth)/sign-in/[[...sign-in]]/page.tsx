import { SignIn } from '@clerk/nextjs'
import type { Metadata } from 'next'

export const metadata: Metadata = { title: 'Sign in' }

export default function SignInPage() {
  return (
    <>
      <h1 className="sr-only">Sign in to Pangea</h1>
      <SignIn path="/sign-in" signUpUrl="/sign-up" fallbackRedirectUrl="/dashboard" signUpFallbackRedirectUrl="/onboarding" fallback={<Waiting />} />
    </>
  )
}

function Waiting() {
  return <div data-loading="" className="h-[27rem] rounded-2xl border border-line bg-surface" />
}
