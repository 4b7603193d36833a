'use client'

import { createContext, type ReactNode, useContext, useEffect, useMemo } from 'react'
import { keepBrowserText } from '@/components/text/browser-text'
import { useFormatting } from '@/components/ui/formatting'
import type { PageLanguage } from '@/lib/domain/text/languages'
import { type Area, type AreaMessages, createText, type Text } from '@/lib/domain/text/text'

type Texts = {
  language: PageLanguage
  messages: AreaMessages
  /** Texts by area and locale: a page has hundreds of components that use one. */
  made: Map<string, Text<Area>>
}

const TextContext = createContext<Texts>({ language: 'en', messages: {}, made: new Map() })

type Props = {
  language: PageLanguage
  /** `AreaMessages` as JSON: React sends one string much faster than thousands of small arrays. */
  messages: string
  children: ReactNode
}

/** Adds texts for the components below. The provider of the root layout has those of `common`. */
export function TextProvider({ language, messages, children }: Props) {
  const above = useContext(TextContext).messages
  const texts = useMemo(
    (): Texts => ({
      language,
      messages: { ...above, ...JSON.parse(messages) },
      made: new Map()
    }),
    [language, messages, above]
  )
  useEffect(() => keepBrowserText(language, texts.messages.common), [language, texts])
  return <TextContext value={texts}>{children}</TextContext>
}

/**
 * The texts of an area in the user's language. In the browser; app/_lib/text.ts is its counterpart
 * on the server, chosen by the condition `react-server` in package.json.
 */
export function useText<A extends Area>(area: A): Text<A> {
  const { language, messages, made } = useContext(TextContext)
  const { locale } = useFormatting()
  const key = `${area} ${locale}`
  const text =
    made.get(key) ?? createText<Area>(language, [messages[area], messages.common], locale)
  made.set(key, text)
  return text as Text<A>
}
