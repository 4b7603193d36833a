/** Texts on the server, in the language of the request. */
import { cache, type ReactNode, use } from 'react'
import { getFormatting, getLanguage } from '@/app/_lib/formatting'
import { TextProvider } from '@/components/text/text-provider'
import { messagesJson, textIn } from '@/lib/domain/text/catalogs'
import type { PageLanguage } from '@/lib/domain/text/languages'
import type { Area, Text } from '@/lib/domain/text/text'

/** For `TextProvider`: the texts of these areas in the language of the request. */
export async function loadTexts(
  areas: Area[]
): Promise<{ language: PageLanguage; messages: string }> {
  const language = await getLanguage()
  return { language, messages: messagesJson(language, areas) }
}

/**
 * Sends the texts of these areas to the browser, for its components below; the root layout sends
 * those of `common`. Each page names the areas that it needs; tests/unit/text/page-texts.test.ts
 * finds a missing one.
 */
export async function Texts({ areas, children }: { areas: Area[]; children: ReactNode }) {
  return <TextProvider {...(await loadTexts(areas))}>{children}</TextProvider>
}

/** One promise for a request: `use` of a new one would suspend each component that has a text. */
const loadText = cache(async (area: Area): Promise<Text<Area>> => {
  const language = await getLanguage()
  // Public pages work while Clerk is down: only numbers in texts need the user's locale.
  const locale = await getFormatting().then(
    (formatting) => formatting.locale,
    () => undefined
  )
  return textIn(language, area, locale)
})

/** For asynchronous components, metadata and handlers. `useText` is for all other components. */
export const getText = <A extends Area>(area: A): Promise<Text<A>> =>
  loadText(area) as Promise<Text<A>>

/** The counterpart of components/text/text-provider.tsx on the server. */
export const useText = <A extends Area>(area: A): Text<A> => use(getText(area))
