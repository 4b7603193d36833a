/** Testing Library with the texts that the root layout and the pages provide. */
import { type RenderOptions, render as renderBare } from '@testing-library/react'
import type { ReactElement } from 'react'
import { WithTexts } from '@/tests/unit/components/with-texts'

export * from '@testing-library/react'

export const render = (ui: ReactElement, options: RenderOptions = {}) =>
  renderBare(ui, { wrapper: WithTexts, ...options })
