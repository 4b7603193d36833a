// @vitest-environment jsdom

import userEvent from '@testing-library/user-event'
import { expect, it } from 'vitest'
import { SplitForm } from '@/components/transactions/edit/split-form'
import type { TransactionResponse } from '@/lib/api/responses'
import type { TransactionDetailResponse } from '@/lib/api/transaction-edits'
import { render, screen } from '@/tests/unit/components/render'

it.each(['-598', '598'])(
  'of a transaction of %s cents says by how much its parts are too much',
  async (minor) => {
    const row = { id: 'a', amount: { minor, currency: 'USD' }, part: null } as TransactionResponse
    const detail = { parts: [] as unknown[] } as TransactionDetailResponse
    render(<SplitForm row={row} detail={detail} onSaved={() => {}} onCancel={() => {}} />)
    const amount = screen.getByLabelText('Amount of part 2')
    const first = () => document.getElementById('field-part-0-amount')?.parentElement?.textContent
    await userEvent.type(amount, '2')
    expect(first()).toMatch(/^Remaining.?\$3\.98$/)
    await userEvent.clear(amount)
    await userEvent.type(amount, '999')
    expect(first()).toBe('Too much by$993.02')
  }
)
