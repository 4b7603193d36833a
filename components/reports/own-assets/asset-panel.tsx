'use client'

import { useState } from 'react'
import { useText } from '#text'
import { apiSend } from '@/components/lib/api'
import { useMutation } from '@/components/lib/use-mutation'
import { useRefresh } from '@/components/lib/use-refresh'
import { assetKindLabel, assetName } from '@/components/reports/own-assets/asset-labels'
import { Amount } from '@/components/ui/amount'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { DateText, useFormatting } from '@/components/ui/formatting'
import { sendAmountInput } from '@/components/ui/forms/amount-input'
import { DateField } from '@/components/ui/forms/date-field'
import { ErrorSummary } from '@/components/ui/forms/error-summary'
import { TextField } from '@/components/ui/forms/text-field'
import { useSubmit } from '@/components/ui/forms/use-submit'
import { Notice } from '@/components/ui/notice'
import type { AssetResponse } from '@/lib/api/assets'

/** One own asset: value history, new value, name and removal. */
export function AssetPanel({ asset, onClose }: { asset: AssetResponse; onClose: () => void }) {
  const text = useText('reports')
  const refresh = useRefresh()
  const { busy, failure, mutate } = useMutation(
    async (path: string, body: object, method: 'PATCH' | 'DELETE') => {
      await apiSend(`/api/v1/assets/${asset.id}${path}`, body, method)
      await refresh()
      if (path === '' && method === 'DELETE') onClose()
    }
  )
  return (
    <Dialog title={assetName(asset.name, text)} onClose={onClose}>
      <CurrentValue asset={asset} />
      {failure && (
        <Notice tone="bad" live className="mt-4">
          {failure}
        </Notice>
      )}
      <NewValueForm asset={asset} />
      <ValueHistory asset={asset} onDelete={(on) => mutate('/values', { on }, 'DELETE')} />
      <div className="mt-6 flex flex-wrap items-end justify-between gap-x-4 gap-y-5 border-line border-t pt-5">
        <RenameForm name={asset.name} busy={busy} save={(name) => mutate('', { name }, 'PATCH')} />
        <RemoveButton remove={() => mutate('', {}, 'DELETE')} />
      </div>
    </Dialog>
  )
}

function CurrentValue({ asset }: { asset: AssetResponse }) {
  const text = useText('reports')
  const parts = {
    kind: assetKindLabel(asset.kind, text),
    amount: () => <Amount key="amount" money={asset.value} className="font-medium text-ink" />,
    date: () => <DateText key="date" date={asset.valuedOn} />
  }
  return (
    <p className="text-muted">
      {asset.owed
        ? text.rich('{kind}, you owe <amount></amount> since <date></date>', parts)
        : text.rich('{kind}, worth <amount></amount> since <date></date>', parts)}
    </p>
  )
}

function NewValueForm({ asset }: { asset: AssetResponse }) {
  const text = useText('reports')
  const { today, locale } = useFormatting()
  const refresh = useRefresh()
  const [value, setValue] = useState('')
  const [on, setOn] = useState(today)
  const { busy, errors, failure, attempt, submit } = useSubmit(async () => {
    await sendAmountInput(
      value,
      { field: 'value', locale, currency: asset.value.currency },
      (decimal) =>
        apiSend(`/api/v1/assets/${asset.id}/values`, { value: decimal, on: on || undefined })
    )
    await refresh()
    setValue('')
  })
  const { currency } = asset.value
  return (
    <form onSubmit={submit} noValidate className="mt-5">
      <ErrorSummary errors={errors} failure={failure} attempt={attempt} />
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField
          name="value"
          label={
            asset.owed
              ? text('Amount owed ({currency})', { currency })
              : text('New value ({currency})', { currency })
          }
          value={value}
          onChange={setValue}
          autoComplete="off"
          inputMode="decimal"
          {...(errors.value ? { error: errors.value } : {})}
        />
        <DateField
          name="on"
          label={text('On')}
          value={on}
          max={today}
          onChange={setOn}
          error={errors.on}
        />
      </div>
      <Button type="submit" busy={busy} className="mt-4">
        {busy ? text('Saving') : text('Save value')}
      </Button>
    </form>
  )
}

function ValueHistory({
  asset,
  onDelete
}: {
  asset: AssetResponse
  onDelete: (on: string) => Promise<unknown>
}) {
  const text = useText('reports')
  const format = useFormatting()
  return (
    <table className="mt-6 w-full text-sm tabular-nums">
      <caption className="pb-1 text-left font-medium text-[0.9375rem]">
        {text('Value history')}
      </caption>
      <thead className="sr-only">
        <tr>
          <th scope="col">{text('Since')}</th>
          <th scope="col">{text('Value')}</th>
          <th scope="col">{text('Change')}</th>
        </tr>
      </thead>
      <tbody className="divide-y divide-line border-line border-y">
        {asset.values.map(({ on, value }) => (
          <tr key={on}>
            <th scope="row" className="py-2 text-left font-normal">
              <DateText date={on} />
            </th>
            <td className="py-2 text-right">
              <Amount money={value} />
            </td>
            <td className="w-20 text-right">
              {asset.values.length > 1 && (
                <button
                  type="button"
                  onClick={() => void onDelete(on)}
                  className="min-h-8 px-1 font-medium text-danger underline-offset-2 hover:underline"
                >
                  {text.rich('Remove<hidden> the value of {date}</hidden>', {
                    date: format.date(on),
                    hidden: (part) => (
                      <span key="hidden" className="sr-only">
                        {part}
                      </span>
                    )
                  })}
                </button>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function RenameForm({
  name,
  busy,
  save
}: {
  name: string
  busy: boolean
  save: (name: string) => Promise<void>
}) {
  const text = useText('reports')
  const [newName, setNewName] = useState(name)
  return (
    <form
      className="flex min-w-0 flex-1 basis-64 items-end gap-2"
      onSubmit={(event) => {
        event.preventDefault()
        void save(newName)
      }}
    >
      <TextField
        name="rename"
        label={text('Name')}
        value={newName}
        onChange={setNewName}
        autoComplete="off"
        className="min-w-32 flex-1"
      />
      <Button type="submit" variant="quiet" busy={busy} className="min-h-12">
        {text('Rename')}
      </Button>
    </form>
  )
}

function RemoveButton({ remove }: { remove: () => Promise<void> }) {
  const text = useText('reports')
  const [isConfirming, setIsConfirming] = useState(false)
  return (
    <Button
      variant="bare"
      className="text-danger hover:bg-danger-soft"
      onClick={() => (isConfirming ? void remove() : setIsConfirming(true))}
    >
      {isConfirming ? text('Remove permanently') : text('Remove')}
    </Button>
  )
}
