import Link from 'next/link'

export default function LandingPage() {
  return (
    <main id="main" className="mx-auto max-w-3xl px-5 py-24">
      <h1 className="text-4xl font-semibold tracking-tight">All your money, in one place</h1>
      <Link className="mt-8 inline-block underline" href="/sign-up">
        Open an account
      </Link>
    </main>
  )
}
