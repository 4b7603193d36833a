import Link from 'next/link'
import type { ReactNode } from 'react'
import { getPreferences } from '@/app/_lib/formatting'
import { requireUserInLayout } from '@/app/_lib/session'
import { getText } from '@/app/_lib/text'
import { MessagesLink } from '@/components/messages/messages-link'
import { AppHeader } from '@/components/shell/header'
import { MainNav, MobileNav } from '@/components/shell/nav'
import { OfflinePage } from '@/components/shell/offline-page'
import { CommandPalette } from '@/components/shell/palette/command-palette'
import { RestoreFocus } from '@/components/shell/restore-focus'
import { SettingsLink } from '@/components/shell/settings-link'
import { Shortcuts } from '@/components/shell/shortcuts'
import { Notice } from '@/components/ui/notice'
import { DataService } from '@/lib/services'

export default async function MainLayout({ children }: { children: ReactNode }) {
  const user = await requireUserInLayout()
  const text = await getText('shell')
  const [deletion, unread, { shortcuts }] = await Promise.all([
    DataService.findDeletion(user),
    DataService.countUnreadMessages(user),
    getPreferences()
  ])
  return (
    <>
      <RestoreFocus />
      <OfflinePage />
      <AppHeader
        home="/dashboard"
        tools={
          <>
            <Shortcuts on={shortcuts} />
            <CommandPalette />
            <MessagesLink unread={unread} />
            <SettingsLink />
          </>
        }
      >
        <MainNav />
      </AppHeader>
      <main
        id="main"
        tabIndex={-1}
        className="mx-auto max-w-6xl px-5 pt-5 pb-28 outline-none sm:px-8 sm:pt-8 md:pt-10 md:pb-20"
      >
        {deletion && (
          <Notice
            tone="warn"
            title={text('Your data is being deleted')}
            className="mb-6"
            action={
              <Link
                href={`/deletion/${deletion.id}`}
                className="font-medium text-accent hover:underline"
              >
                {text('See its progress')}
              </Link>
            }
          >
            {text('Any changes you make now will be deleted too.')}
          </Notice>
        )}
        {children}
      </main>
      <MobileNav />
    </>
  )
}
