// @vitest-environment jsdom

import { useState } from 'react'
import { describe, expect, it } from 'vitest'
import { RestoreFocus } from '@/components/shell/restore-focus'
import { fireEvent, render, screen, waitFor } from '@/tests/unit/components/render'

/** A page on which the pressed button is replaced by a form, or removed. */
function Changing({ form, index }: { form?: boolean; index?: number }) {
  const [gone, setGone] = useState(false)
  return (
    <main id="main" tabIndex={-1}>
      <RestoreFocus />
      <a href="/elsewhere">Elsewhere</a>
      <section>
        <ul>
          {!gone && (
            <li data-index={index}>
              <button type="button" onClick={() => setGone(true)}>
                Press
              </button>
            </li>
          )}
        </ul>
        {gone && form && (
          <>
            <button type="button">Close</button>
            <form>
              <input aria-label="Name" />
            </form>
          </>
        )}
        {!form && <button type="button">Neighbour</button>}
      </section>
    </main>
  )
}

const press = () => {
  const button = screen.getByRole('button', { name: 'Press' })
  button.focus()
  fireEvent.click(button)
}

describe('the focus', () => {
  it('moves to the nearest element when the focused one is removed', async () => {
    render(<Changing />)
    press()
    await waitFor(() =>
      expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Neighbour' }))
    )
  })

  it('moves into the form that replaced it', async () => {
    render(<Changing form />)
    press()
    await waitFor(() => expect(document.activeElement).toBe(screen.getByLabelText('Name')))
  })

  it('moves to the top of the page when a whole page is replaced', async () => {
    render(
      <main id="main" tabIndex={-1}>
        <RestoreFocus />
        <a href="/next">Next</a>
      </main>
    )
    const link = screen.getByRole('link')
    link.focus()
    link.remove()
    await waitFor(() => expect(document.activeElement?.id).toBe('main'))
  })

  it('moves to the top of the page when a list is removed with its row', async () => {
    render(
      <main id="main" tabIndex={-1}>
        <RestoreFocus />
        <ul>
          <li data-index={3}>
            <button type="button">Line</button>
          </li>
        </ul>
        <a href="/next">Next</a>
      </main>
    )
    screen.getByRole('button').focus()
    screen.getByRole('list').remove()
    await waitFor(() => expect(document.activeElement?.id).toBe('main'))
  })

  it('is not moved when the user clicked elsewhere, or the row was scrolled out of view', async () => {
    const { unmount } = render(<Changing />)
    const button = screen.getByRole('button', { name: 'Press' })
    button.focus()
    fireEvent.pointerDown(document.body)
    button.blur()
    fireEvent.click(button)
    await screen.findByRole('button', { name: 'Neighbour' })
    expect(document.activeElement).toBe(document.body)
    unmount()
    render(<Changing index={3} />)
    press()
    await new Promise((done) => queueMicrotask(() => done(null)))
    expect(document.activeElement).toBe(document.body)
  })
})
