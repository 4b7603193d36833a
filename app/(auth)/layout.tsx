import { headers } from 'next/headers'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { clerkSource } from '@/app/_lib/clerk-source'
import { getText } from '@/app/_lib/text'
import { AppClerkProvider } from '@/components/lib/app-clerk-provider'
import { NoScriptNotice } from '@/components/shell/skip-link'
import { Wordmark } from '@/components/ui/logo'

export default async function AuthLayout({ children }: { children: ReactNode }) {
  const text = await getText('shell')
  const nonce = (await headers()).get('x-nonce') ?? undefined
  return (
    <AppClerkProvider nonce={nonce} source={clerkSource()} showsForm>
      <NoScriptNotice />
      <div className="flex min-h-dvh flex-col">
        <header className="px-5 py-5 sm:px-8">
          <Link
            href="/"
            className="inline-flex rounded [--mark-gap:var(--canvas)]"
            aria-label={text('{brand}, home')}
          >
            <Wordmark />
          </Link>
        </header>
        <main
          id="main"
          className="flex flex-1 flex-col items-center justify-center px-5 pt-4 pb-20"
        >
          <div className="w-full max-w-[26rem]">{children}</div>
        </main>
      </div>
    </AppClerkProvider>
  )
}
