// @vitest-environment jsdom

import type { ReactNode } from 'react'
import { describe, expect, it, vi } from 'vitest'
import { createApiError } from '@/components/lib/api'
import { keepBrowserText } from '@/components/text/browser-text'
import { FilterInput } from '@/components/transactions/filters/filter-inputs'
import { FormattingProvider } from '@/components/ui/formatting'
import { sendAmountInput } from '@/components/ui/forms/amount-input'
import { messagesOf } from '@/lib/domain/text/catalogs'
import { fireEvent, render, screen } from '@/tests/unit/components/render'

const refuse = async () => {
  throw createApiError(422, 'invalid', 'Please check the highlighted fields.', {
    value: 'Enter an amount',
    name: 'Enter a name'
  })
}
const german = { field: 'value', locale: 'de-DE', currency: 'EUR' }

describe('an amount field', () => {
  it('submits plain decimal text', async () => {
    const send = vi.fn(async (plain: string) => plain)
    expect(await sendAmountInput('250.000,50', german, send)).toBe('250000.50')
  })

  it('reports an unreadable amount with all other fields, in the user’s number format', async () => {
    keepBrowserText('en', messagesOf('en', []).common)
    const answer = sendAmountInput('250000.50', german, refuse)
    await expect(answer).rejects.toMatchObject({
      fields: {
        value: 'Enter an amount such as 12.500 or 12.500,50, without a minus',
        name: 'Enter a name'
      }
    })
  })

  it('keeps the server’s message where it was readable', async () => {
    await expect(sendAmountInput('5', german, refuse)).rejects.toMatchObject({
      fields: { value: 'Enter an amount' }
    })
  })
})

describe('an amount in the filter', () => {
  const inGerman = (children: ReactNode) => (
    <FormattingProvider formatting={{ locale: 'de-DE', timeZone: null, today: '2026-03-01' }}>
      {children}
    </FormattingProvider>
  )
  const field = () => screen.getByLabelText<HTMLInputElement>('At least')

  it('is shown and read in the user’s format, and kept as plain text', () => {
    const onChange = vi.fn()
    render(
      inGerman(<FilterInput label="At least" type="amount" value="12.5" onChange={onChange} />)
    )
    expect(field().value).toBe('12,5')
    fireEvent.change(field(), { target: { value: '1.234,56' } })
    fireEvent.blur(field())
    expect(onChange.mock.calls).toEqual([['1234.56']])
  })

  it('is not sent while unreadable, and explains the format', () => {
    const onChange = vi.fn()
    render(inGerman(<FilterInput label="At least" type="amount" value="" onChange={onChange} />))
    fireEvent.change(field(), { target: { value: '12.5' } })
    fireEvent.blur(field())
    expect(onChange).not.toHaveBeenCalled()
    expect(screen.getByRole('alert').textContent).toContain('12.500,50')
    fireEvent.change(field(), { target: { value: '12,5' } })
    fireEvent.blur(field())
    expect(screen.queryByRole('alert')).toBeNull()
    expect(onChange.mock.calls).toEqual([['12.5']])
  })
})
