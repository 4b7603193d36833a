// @vitest-environment jsdom

import userEvent from '@testing-library/user-event'
import { useState } from 'react'
import { expect, it } from 'vitest'
import { TextField } from '@/components/ui/forms/text-field'
import { formatTypedSsn } from '@/lib/domain/onboarding/typed-format'
import { render, screen } from '@/tests/unit/components/render'

function Field() {
  const [value, setValue] = useState('')
  return (
    <TextField
      name="ssn"
      label="SSN"
      autoComplete="off"
      value={value}
      onChange={setValue}
      format={formatTypedSsn}
    />
  )
}

it('keeps the cursor behind the digit that was typed in the middle of a number', async () => {
  render(<Field />)
  const user = userEvent.setup()
  const input = screen.getByRole<HTMLInputElement>('textbox')
  await user.type(input, '2199999')
  expect(input.value).toBe('219-99-99')
  await user.type(input, '0', { initialSelectionStart: 3, initialSelectionEnd: 3 })
  expect(input.value).toBe('219-09-999')
  expect(input.selectionStart).toBe(5)
  await user.keyboard('5')
  expect(input.value).toBe('219-05-9999')
})
