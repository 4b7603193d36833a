import type { ReactNode } from 'react'
import { findAdmin } from '@/app/_lib/admin-session'
import { AdminNav } from '@/components/admin/admin-nav'
import { SecondFactorRequired } from '@/components/admin/second-factor-required'
import { AppHeader } from '@/components/shell/header'
import { RestoreFocus } from '@/components/shell/restore-focus'

export default async function AdminLayout({ children }: { children: ReactNode }) {
  const admin = await findAdmin('/admin')
  return (
    <>
      <RestoreFocus />
      <AppHeader home="/dashboard" />
      {admin && <AdminNav />}
      <main
        id="main"
        tabIndex={-1}
        className="mx-auto max-w-6xl px-5 pt-8 pb-20 outline-none sm:px-8 md:pt-10"
      >
        {admin ? children : <SecondFactorRequired />}
      </main>
    </>
  )
}
