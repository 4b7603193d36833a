/** Testing Library with the texts that the root layout and the pages provide. */
import { type RenderOptions, render as renderBare } from '@testing-library/react'
import type { ReactElement, ReactNode } from 'react'
import { TextProvider } from '@/components/text/text-provider'
import { AREAS, messagesOf } from '@/lib/domain/text/catalogs'

export * from '@testing-library/react'

const InEnglish = ({ children }: { children: ReactNode }) => (
  <TextProvider language="en" messages={messagesOf('en', AREAS)}>
    {children}
  </TextProvider>
)

export const render = (ui: ReactElement, options: RenderOptions = {}) =>
  renderBare(ui, { wrapper: InEnglish, ...options })
