// @vitest-environment jsdom

import userEvent from '@testing-library/user-event'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { Dialog } from '@/components/ui/dialog'
import { cleanup, fireEvent, render, screen, supportDialogs } from '@/tests/unit/components/render'

const ask = vi.fn<(question?: string) => boolean>()
const closed = vi.fn()

beforeEach(() => {
  ask.mockReset()
  closed.mockReset()
  vi.stubGlobal('confirm', ask)
  supportDialogs()
})
afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
})

function show() {
  render(
    <Dialog title="Coffee" onClose={closed}>
      <form onSubmit={(event) => event.preventDefault()}>
        <input aria-label="Note" defaultValue="with Ada" />
        <button type="submit">Save</button>
      </form>
    </Dialog>
  )
  // The browser's events for Escape and for a click outside.
  return () =>
    fireEvent(
      screen.getByRole('dialog', { hidden: true }),
      new Event('cancel', { cancelable: true })
    )
}
const note = () => screen.getByRole('textbox', { hidden: true })

it('Escape closes an unchanged form', async () => {
  const pressEscape = show()
  await userEvent.click(note())
  pressEscape()
  expect(closed).toHaveBeenCalledOnce()
  expect(ask).not.toHaveBeenCalled()
})

it('Escape and the close button ask before typed text is lost', async () => {
  const pressEscape = show()
  await userEvent.type(note(), ' and Grace')
  ask.mockReturnValue(false)
  pressEscape()
  await userEvent.click(screen.getByRole('button', { name: 'Close', hidden: true }))
  expect(ask).toHaveBeenCalledTimes(2)
  expect(closed).not.toHaveBeenCalled()
  ask.mockReturnValue(true)
  pressEscape()
  expect(closed).toHaveBeenCalledOnce()
})

it('saved changes need no confirmation', async () => {
  const pressEscape = show()
  await userEvent.type(note(), ' and Grace')
  await userEvent.click(screen.getByRole('button', { name: 'Save', hidden: true }))
  pressEscape()
  expect(closed).toHaveBeenCalledOnce()
  expect(ask).not.toHaveBeenCalled()
})

it('opens with the focus on its first field, also a later one, and without fields on its heading', () => {
  const { rerender } = render(
    <Dialog title="Coffee" onClose={closed}>
      <p>Loading</p>
    </Dialog>
  )
  expect(document.activeElement).toBe(screen.getByRole('heading', { hidden: true }))
  rerender(
    <Dialog title="Coffee" onClose={closed}>
      <input aria-label="Note" />
    </Dialog>
  )
  expect(document.activeElement).toBe(note())
  cleanup()
  show()
  expect(document.activeElement).toBe(note())
})

it('a click outside closes a side dialog in a browser without closedby, and asks once', async () => {
  const at = { left: 800, right: 1_280, top: 0, bottom: 800 }
  vi.spyOn(HTMLDialogElement.prototype, 'getBoundingClientRect').mockReturnValue({
    ...at
  } as DOMRect)
  const press = (from: number, to: number) => {
    const dialog = screen.getByRole('dialog', { hidden: true })
    fireEvent(dialog, new MouseEvent('pointerdown', { bubbles: true, clientX: from, clientY: 9 }))
    fireEvent.click(dialog, { clientX: to, clientY: 9 })
  }
  const form = <input aria-label="Note" />
  const { rerender } = render(
    <Dialog title="Coffee" onClose={closed}>
      {form}
    </Dialog>
  )
  press(100, 100)
  rerender(
    <Dialog title="Coffee" onClose={closed} position="side">
      <form>{form}</form>
    </Dialog>
  )
  press(900, 900)
  press(900, 100)
  expect(closed).not.toHaveBeenCalled()
  await userEvent.type(note(), 'typed')
  ask.mockReturnValue(true)
  press(100, 100)
  expect(ask).toHaveBeenCalledOnce()
  expect(closed).toHaveBeenCalledOnce()
})
