import { headers } from 'next/headers'
import type { ReactNode } from 'react'
import { clerkSource } from '@/app/_lib/clerk-source'
import { getFormatting, getLanguage, getPreferences } from '@/app/_lib/formatting'
import { findUser } from '@/app/_lib/session'
import { AppClerkProvider } from '@/components/lib/app-clerk-provider'
import { UserBoundary } from '@/components/lib/user-boundary'
import { FixAvatarAlt } from '@/components/shell/fix-avatar-alt'
import { OfflineNotice } from '@/components/shell/offline-notice'
import { SessionExpiryNotice } from '@/components/shell/session-expiry-notice'
import { NoScriptNotice, SkipLink } from '@/components/shell/skip-link'
import { FormattingProvider } from '@/components/ui/formatting'
import { UserLanguage } from '@/components/users/user-language'
import { UserTheme } from '@/components/users/user-theme'
import { isLanguage } from '@/lib/domain/text/languages'

export default async function AppLayout({ children }: { children: ReactNode }) {
  const nonce = (await headers()).get('x-nonce') ?? undefined
  const [user, { theme, language: chosen }, formatting, language] = await Promise.all([
    findUser(),
    getPreferences(),
    getFormatting(),
    getLanguage()
  ])
  return (
    <AppClerkProvider nonce={nonce} source={clerkSource()}>
      <UserTheme theme={theme} />
      <UserLanguage language={isLanguage(language) && chosen !== language ? chosen : null} />
      <UserBoundary userId={user?.userId ?? null}>
        <FormattingProvider formatting={formatting}>
          <FixAvatarAlt />
          <SkipLink />
          <NoScriptNotice />
          <OfflineNotice />
          <SessionExpiryNotice />
          {children}
        </FormattingProvider>
      </UserBoundary>
    </AppClerkProvider>
  )
}
