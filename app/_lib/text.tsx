/** Texts on the server, in the language of the request. */
import { type ReactNode, use } from 'react'
import { getFormatting, getLanguage } from '@/app/_lib/formatting'
import { TextProvider } from '@/components/text/text-provider'
import { messagesOf, textIn } from '@/lib/domain/text/catalogs'
import type { PageLanguage } from '@/lib/domain/text/languages'
import type { Area, AreaMessages, Text } from '@/lib/domain/text/text'

/** For `TextProvider`. */
export async function loadTexts(
  areas: Area[]
): Promise<{ language: PageLanguage; messages: AreaMessages }> {
  const language = await getLanguage()
  return { language, messages: messagesOf(language, areas) }
}

/**
 * Sends the texts of these areas to the browser, for its components below. Each page names those
 * that it needs; tests/unit/text/page-texts.test.ts finds a missing one.
 */
export async function Texts({ areas, children }: { areas: Area[]; children: ReactNode }) {
  return <TextProvider {...(await loadTexts(areas))}>{children}</TextProvider>
}

/** For asynchronous components, metadata and handlers. `useText` is for all other components. */
export async function getText<A extends Area>(area: A): Promise<Text<A>> {
  const language = await getLanguage()
  // Public pages work while Clerk is down: only numbers in texts need the user's locale.
  const locale = await getFormatting().then(
    (formatting) => formatting.locale,
    () => undefined
  )
  return textIn(language, area, locale)
}

/** The counterpart of components/text/text-provider.tsx on the server. */
export const useText = <A extends Area>(area: A): Text<A> => use(getText(area))
