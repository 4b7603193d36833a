'use client'

import { Eye, EyeOff, Pencil } from 'lucide-react'
import { useState } from 'react'
import { useText } from '#text'
import { accountSummary, owedLabel } from '@/components/connections/account-labels'
import { LiabilityTerms } from '@/components/connections/liability-terms'
import { apiSend } from '@/components/lib/api'
import { useMutation } from '@/components/lib/use-mutation'
import { useRefresh } from '@/components/lib/use-refresh'
import { Amount } from '@/components/ui/amount'
import { Button } from '@/components/ui/button'

import { TextField } from '@/components/ui/forms/text-field'
import type { LinkedAccountResponse } from '@/lib/api/responses'

const SMALL_BUTTON_CLASS = 'min-h-10 px-3 py-1.5'

/** One linked account, with its name and visibility settings. */
export function AccountItem({ account }: { account: LinkedAccountResponse }) {
  const [editing, setEditing] = useState(false)
  const { busy, failure, mutate } = useSaveAccount(account.id, () => setEditing(false))
  const text = useText('connections')
  const summary = accountSummary(account, text)
  return (
    <li className="px-5 py-1.5">
      <div className="flex min-h-11 flex-wrap items-center justify-between gap-x-3">
        <span className="min-w-0 flex-1 basis-28">
          <span className="block truncate">{account.name}</span>
          <span className="block text-muted text-sm wrap-anywhere">
            {account.name === account.bankName
              ? summary
              : text('{account}, {name} at the bank', { account: summary, name: account.bankName })}
          </span>
          <LiabilityTerms liability={account.liability} />
        </span>
        <span className="ml-auto flex items-center gap-3">
          <span className="text-right">
            <Amount money={account.current} className="font-medium" />
            <span className="block text-muted text-sm empty:hidden">
              {owedLabel(account, text)}
            </span>
          </span>
          <button
            type="button"
            aria-expanded={editing}
            onClick={() => setEditing(!editing)}
            className="-mr-2 inline-flex size-10 shrink-0 items-center justify-center rounded-control text-muted hover:bg-sunken hover:text-ink print:hidden"
          >
            <Pencil aria-hidden="true" className="size-4" />
            <span className="sr-only">
              {text('Rename or hide {account}', { account: account.name })}
            </span>
          </button>
        </span>
      </div>
      {editing && (
        <AccountForm account={account} busy={busy} edit={mutate} close={() => setEditing(false)} />
      )}
      <SaveError message={failure} />
    </li>
  )
}

type AccountFormProps = {
  account: LinkedAccountResponse
  busy: boolean
  edit: (view: View) => Promise<void>
  close: () => void
}

function AccountForm({ account, busy, edit, close }: AccountFormProps) {
  const [name, setName] = useState(account.name)
  const text = useText('connections')
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        if (!busy) void edit({ name: name.trim() === account.bankName ? '' : name })
      }}
      className="mb-3 rounded-xl bg-sunken p-4"
    >
      <TextField
        name={`name-${account.id}`}
        label={text('Nickname')}
        hint={text('Leave it empty to use the bank’s name.')}
        value={name}
        onChange={setName}
        autoComplete="off"
      />
      <div className="mt-3 flex flex-wrap gap-2">
        <Button type="submit" busy={busy} className={SMALL_BUTTON_CLASS}>
          {text('Save')}
        </Button>
        <Button variant="bare" className={SMALL_BUTTON_CLASS} onClick={close}>
          {text('Cancel')}
        </Button>
        <Button
          variant="bare"
          busy={busy}
          className={`${SMALL_BUTTON_CLASS} sm:ml-auto`}
          onClick={() => void edit({ hidden: true })}
        >
          <EyeOff aria-hidden="true" className="size-4" />
          {text('Hide from lists and totals')}
        </Button>
      </div>
    </form>
  )
}

/** Hidden accounts, excluded from lists and totals, and a button to show them. */
export function HiddenAccounts({ accounts }: { accounts: LinkedAccountResponse[] }) {
  const text = useText('connections')
  if (accounts.length === 0) return null
  return (
    <details className="border-line border-t">
      <summary className="flex min-h-11 list-none items-center gap-2 px-5 text-[0.9375rem] text-muted focus-visible:-outline-offset-3 [&::-webkit-details-marker]:hidden">
        <EyeOff aria-hidden="true" className="size-4" />
        {text('{count, plural, one {# hidden account} other {# hidden accounts}}', {
          count: accounts.length
        })}
      </summary>
      <ul className="divide-y divide-line border-line border-t">
        {accounts.map((account) => (
          <HiddenAccountItem key={account.id} account={account} />
        ))}
      </ul>
    </details>
  )
}

function HiddenAccountItem({ account }: { account: LinkedAccountResponse }) {
  const { busy, failure, mutate } = useSaveAccount(account.id)
  const text = useText('connections')
  return (
    <li className="px-5 py-1.5">
      <div className="flex items-center justify-between gap-3">
        <span className="min-w-0 truncate text-muted">
          {account.name + (account.mask ? ` •••• ${account.mask}` : '')}
        </span>
        <Button
          variant="bare"
          className={SMALL_BUTTON_CLASS}
          busy={busy}
          onClick={() => void mutate({ hidden: false })}
        >
          <Eye aria-hidden="true" className="size-4" />
          {text('Show again')}
          <span className="sr-only">: {account.name}</span>
        </Button>
      </div>
      <SaveError message={failure} />
    </li>
  )
}

const SaveError = ({ message }: { message: string }) => (
  <p role="status" className="pb-2 text-danger text-sm empty:hidden">
    {message}
  </p>
)

type View = { name?: string; hidden?: boolean }

function useSaveAccount(id: string, onSaved?: () => void) {
  const refresh = useRefresh()
  return useMutation(async (view: View) => {
    await apiSend(`/api/v1/accounts/${id}`, view, 'PATCH')
    await refresh()
    onSaved?.()
  })
}
