import type { PageLanguage } from '@/lib/domain/text/languages'
import { createText, type Messages, type Text } from '@/lib/domain/text/text'

const kept: { text: Text<'common'> } = { text: createText('en', []) }

/** The page's texts for code outside components. In the browser only, where a page has one user. */
export const browserText = (): Text<'common'> => kept.text

export function keepBrowserText(language: PageLanguage, common: Messages | undefined): void {
  kept.text = createText(language, [common])
}
