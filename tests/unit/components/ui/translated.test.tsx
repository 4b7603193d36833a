// @vitest-environment jsdom

import userEvent from '@testing-library/user-event'
import { AppRouterContext } from 'next/dist/shared/lib/app-router-context.shared-runtime'
import { expect, it } from 'vitest'
import { SsnForm } from '@/components/onboarding/ssn-form'
import { Button } from '@/components/ui/button'
import { render, screen } from '@/tests/unit/components/render'

/** Imitates browser translation: each text moves into elements of the browser's own. */
function translate(): void {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  const texts: Text[] = []
  while (walker.nextNode()) texts.push(walker.currentNode as Text)
  for (const text of texts) {
    const [outer, inner] = [document.createElement('font'), document.createElement('font')]
    text.replaceWith(outer)
    outer.append(inner)
    inner.append(text)
  }
}

it('the Social Security number is shown and hidden on a translated page', async () => {
  const still = () => {}
  const router = {
    bfcacheId: '0',
    back: still,
    forward: still,
    refresh: still,
    replace: still,
    prefetch: still,
    push: still
  }
  render(
    <AppRouterContext.Provider value={router}>
      <SsnForm isResubmission={false} />
    </AppRouterContext.Provider>
  )
  translate()
  await userEvent.click(screen.getByRole('button', { name: /^Show/ }))
  translate()
  await userEvent.click(screen.getByRole('button', { name: /^Hide/ }))
  expect(screen.getByRole('button', { name: /^Show/ })).toBeTruthy()
})

function Stage({ n }: { n: number }) {
  const Icon = n % 2 ? 'b' : 'i'
  return (
    <Button>
      {n !== 2 && <Icon />}
      Show {n} of {5}
      {n > 1 && <em>all</em>}
      {n === 3 && ' again'}
    </Button>
  )
}

it('a button changes its icon and its text on a translated page', async () => {
  const shown: (string | null)[] = []
  const { rerender } = render(<Stage n={0} />)
  for (const n of [0, 1, 2, 3, 4]) {
    rerender(<Stage n={n} />)
    shown.push(screen.getByRole('button').textContent)
    translate()
  }
  expect(shown).toEqual([
    'Show 0 of 5',
    'Show 1 of 5',
    'Show 2 of 5all',
    'Show 3 of 5all again',
    'Show 4 of 5all'
  ])
})
