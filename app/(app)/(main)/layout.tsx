import type { ReactNode } from 'react'
import { requirePersonInLayout } from '@/app/session'
import { AppHeader } from '@/components/shell/header'
import { Nav } from '@/components/shell/nav'

export default async function MainLayout({ children }: { children: ReactNode }) {
  await requirePersonInLayout()
  return (
    <>
      <AppHeader home="/dashboard">
        <Nav place="header" />
      </AppHeader>
      <main id="main" tabIndex={-1} className="mx-auto max-w-6xl px-5 pt-8 pb-28 outline-none sm:px-8 md:pt-10 md:pb-20">
        {children}
      </main>
      <Nav place="phone" />
    </>
  )
}
