// @vitest-environment jsdom

import userEvent from '@testing-library/user-event'
import { beforeEach, describe, expect, it } from 'vitest'
import { ErrorSummary } from '@/components/ui/forms/error-summary'
import { render, screen } from '@/tests/unit/components/render'

beforeEach(() => {
  document.title = 'What is your legal name? - Pangea'
})

const page = (errors: Record<string, string>, attempt: number) => (
  <>
    <ErrorSummary errors={errors} attempt={attempt} />
    <div
      data-field
      ref={(field) => void (field && Object.assign(field, { scrollIntoView: () => {} }))}
    >
      <input id="field-lastName" aria-label="Last name" />
    </div>
  </>
)

describe('the error summary', () => {
  it('takes the focus and marks the page title as an error', () => {
    render(page({ lastName: 'Enter your last name' }, 1))
    expect(document.activeElement).toBe(screen.getByRole('alert'))
    expect(document.title).toBe('Error: What is your legal name? - Pangea')
  })

  it('leads to the field', async () => {
    render(page({ lastName: 'Enter your last name' }, 1))
    await userEvent.click(screen.getByRole('link', { name: 'Enter your last name' }))
    expect(document.activeElement).toBe(screen.getByLabelText('Last name'))
  })

  it('takes the focus again at the next failed attempt', async () => {
    const { rerender } = render(page({ lastName: 'Enter your last name' }, 1))
    await userEvent.click(screen.getByLabelText('Last name'))
    rerender(page({ lastName: 'Enter your last name' }, 2))
    expect(document.activeElement).toBe(screen.getByRole('alert'))
  })

  it('disappears with the errors, and so does the title mark', () => {
    const { rerender } = render(page({ lastName: 'Enter your last name' }, 1))
    rerender(page({}, 1))
    expect(screen.queryByRole('alert')).toBeNull()
    expect(document.title).toBe('What is your legal name? - Pangea')
  })
})
