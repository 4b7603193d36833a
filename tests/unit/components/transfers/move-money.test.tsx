// @vitest-environment jsdom

import userEvent from '@testing-library/user-event'
import { AppRouterContext } from 'next/dist/shared/lib/app-router-context.shared-runtime'
import { SWRConfig } from 'swr'
import { expect, it } from 'vitest'
import { MoveMoney } from '@/components/transfers/move-money'
import type { BankAccountResponse } from '@/lib/api/responses'
import { render, screen } from '@/tests/unit/components/render'

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
const account = (minor: string) =>
  ({
    id: 'a',
    name: 'Pangea account',
    status: 'OPEN',
    balance: { minor, currency: 'USD' }
  }) as BankAccountResponse

function show(minor: string) {
  const load = async (path: string) =>
    path.endsWith('/counterparties') ? { items: [] } : account(minor)
  render(
    <AppRouterContext value={router}>
      <SWRConfig value={{ provider: () => new Map(), fetcher: load }}>
        <MoveMoney initial={account(minor)} />
      </SWRConfig>
    </AppRouterContext>
  )
  return userEvent.click(screen.getByRole('button', { name: 'Withdraw' }))
}

it.each(['0', '-1250'])(
  'a withdrawal from a balance of %s says that there is no money, and links no bank',
  async (minor) => {
    await show(minor)
    expect(screen.getByText('There is no money to withdraw')).toBeTruthy()
    expect(screen.queryByRole('button', { name: 'Link a bank' })).toBeNull()
  }
)
