// @vitest-environment jsdom

import userEvent from '@testing-library/user-event'
import { Suspense, use, useState } from 'react'
import { expect, it } from 'vitest'
import { createApiError } from '@/components/lib/api'
import { useSubmit } from '@/components/ui/forms/use-submit'
import { render, screen, waitFor } from '@/tests/unit/components/render'

const STEPS = ['name', 'phone']
let sent = 0
let arrive = () => {}
const page = new Promise<void>((done) => {
  arrive = done
})

function Step({ at, open }: { at: number; open: (at: number) => void }) {
  if (at > 0) use(page)
  const { busy, submit } = useSubmit(async () => {
    sent += 1
    return () => open(at + 1)
  })
  return (
    <form onSubmit={submit}>
      <h1>{STEPS[at]}</h1>
      <button type="submit">{busy ? 'Saving' : 'Continue'}</button>
    </form>
  )
}

function Steps() {
  const [at, open] = useState(0)
  return (
    <Suspense>
      <Step at={at} open={open} />
    </Suspense>
  )
}

it('a form stays busy, and is sent once, until the next page is shown', async () => {
  render(<Steps />)
  await userEvent.click(screen.getByRole('button', { name: 'Continue' }))
  await userEvent.click(await screen.findByRole('button', { name: 'Saving' }))
  expect([sent, screen.getByRole('heading').textContent]).toEqual([1, 'name'])
  arrive()
  await waitFor(() => expect(screen.getByRole('heading').textContent).toBe('phone'))
  expect(screen.getByRole('button').textContent).toBe('Continue')
})

function Refused({ field }: { field: boolean }) {
  const { failure, submit } = useSubmit(async () => {
    throw createApiError(503, 'unavailable', 'We cannot reach Jiko right now.')
  })
  return (
    <form onSubmit={submit}>
      {field && <input aria-label="Name" />}
      <button type="submit">Continue</button>
      <p role="status">{failure}</p>
    </form>
  )
}

for (const [field, said] of [
  [true, 'We cannot reach Jiko right now. Your entries are kept.'],
  [false, 'We cannot reach Jiko right now.']
] as const)
  it(`an outage is reported ${field ? 'with a note about typed text' : 'without a note about typed text when there is none'}`, async () => {
    render(<Refused field={field} />)
    await userEvent.click(screen.getByRole('button', { name: 'Continue' }))
    await waitFor(() => expect(screen.getByRole('status').textContent).toBe(said))
  })
