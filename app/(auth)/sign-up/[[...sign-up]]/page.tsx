import { SignUp } from '@clerk/nextjs'
import type { Metadata } from 'next'

export const metadata: Metadata = { title: 'Create your login' }

export default function SignUpPage() {
  return (
    <>
      <h1 className="sr-only">Create your Pangea login</h1>
      <SignUp path="/sign-up" signInUrl="/sign-in" fallbackRedirectUrl="/onboarding" signInFallbackRedirectUrl="/dashboard" fallback={<Waiting />} />
    </>
  )
}

function Waiting() {
  return <div data-loading="" className="h-[30rem] rounded-2xl border border-line bg-surface" />
}
