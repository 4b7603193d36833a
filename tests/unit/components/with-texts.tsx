/** The texts that the root layout and the pages provide, for components that are tested alone. */
import type { ReactNode } from 'react'
import { TextProvider } from '@/components/text/text-provider'
import { AREAS, messagesJson } from '@/lib/domain/text/catalogs'

type Props = { language?: 'en' | 'es'; children: ReactNode }

export const WithTexts = ({ language = 'en', children }: Props) => (
  <TextProvider language={language} messages={messagesJson(language, AREAS)}>
    {children}
  </TextProvider>
)
