/** Testing Library with the texts that the root layout and the pages provide. */
import { type RenderOptions, render as renderBare } from '@testing-library/react'
import type { ReactElement } from 'react'
import { WithTexts } from '@/tests/unit/components/with-texts'

export * from '@testing-library/react'

export const render = (ui: ReactElement, options: RenderOptions = {}) =>
  renderBare(ui, { wrapper: WithTexts, ...options })

/** jsdom has no modal dialogs, and gives no focus to elements inside a closed dialog. */
export function supportDialogs(): void {
  HTMLDialogElement.prototype.showModal = function (this: HTMLDialogElement) {
    this.open = true
  }
  HTMLDialogElement.prototype.close = () => {}
}
