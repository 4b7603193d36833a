'use client'

import { useState } from 'react'
import type { AssetResponse } from '@/lib/api/assets'
import { change } from '@/components/lib/api'
import { ErrorSummary } from '@/components/ui/forms/error-summary'
import { TextField } from '@/components/ui/forms/text-field'
import { sendAmount } from '@/components/ui/forms/amount-input'
import { useSubmit } from '@/components/ui/forms/use-submit'
import { Amount } from '@/components/ui/amount'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Notice } from '@/components/ui/notice'
import { useMutation } from '@/components/lib/use-mutation'
import { useRefresh } from '@/components/lib/use-refresh'
import { Day, useWriting } from '@/components/ui/formatting'
import { kindWord } from '@/components/reports/own-assets/asset-labels'
import { DayField } from '@/components/ui/forms/date-field'

/** One entry: its value over time, a new value, its name, and the way out. */
export function AssetPanel({ asset, onClose }: { asset: AssetResponse; onClose: () => void }) {
  const refresh = useRefresh()
  const { busy, failure, mutate } = useMutation(
    async (path: string, body: object, method: 'PATCH' | 'DELETE') => {
      await change(`/api/v1/assets/${asset.id}${path}`, body, method)
      await refresh()
      if (path === '' && method === 'DELETE') onClose()
    }
  )
  return (
    <Dialog title={asset.name} onClose={onClose}>
      <p className="text-muted">
        {kindWord(asset.kind)}, {asset.owed ? 'you owe' : 'worth'}{' '}
        <Amount money={asset.value} className="font-medium text-ink" /> since{' '}
        <Day on={asset.valuedOn} />
      </p>
      {failure && (
        <Notice tone="bad" live className="mt-4">
          {failure}
        </Notice>
      )}
      <NewValue asset={asset} />
      <Values asset={asset} forget={(on) => mutate('/values', { on }, 'DELETE')} />
      <div className="mt-6 flex flex-wrap items-end justify-between gap-x-4 gap-y-5 border-line border-t pt-5">
        <Rename name={asset.name} busy={busy} save={(name) => mutate('', { name }, 'PATCH')} />
        <Remove remove={() => mutate('', {}, 'DELETE')} />
      </div>
    </Dialog>
  )
}

function NewValue({ asset }: { asset: AssetResponse }) {
  const { today, locale } = useWriting()
  const refresh = useRefresh()
  const [value, setValue] = useState('')
  const [on, setOn] = useState(today)
  const { busy, errors, failure, attempt, submit } = useSubmit(async () => {
    await sendAmount(value, { field: 'value', locale, currency: asset.value.currency }, (plain) =>
      change(`/api/v1/assets/${asset.id}/values`, { value: plain, on: on || undefined })
    )
    await refresh()
    setValue('')
  })
  return (
    <form onSubmit={submit} noValidate className="mt-5">
      <ErrorSummary errors={errors} failure={failure} attempt={attempt} />
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField
          name="value"
          label={`${asset.owed ? 'Left to pay' : 'New value'} (${asset.value.currency})`}
          value={value}
          onChange={setValue}
          autoComplete="off"
          inputMode="decimal"
          {...(errors.value ? { error: errors.value } : {})}
        />
        <DayField name="on" label="On" value={on} max={today} onChange={setOn} error={errors.on} />
      </div>
      <Button type="submit" busy={busy} className="mt-4">
        {busy ? 'Saving' : 'Save value'}
      </Button>
    </form>
  )
}

function Values({ asset, forget }: { asset: AssetResponse; forget: (on: string) => Promise<unknown> }) {
  const write = useWriting()
  return (
    <table className="mt-6 w-full text-sm tabular-nums">
      <caption className="pb-1 text-left font-medium text-[0.9375rem]">Its values so far</caption>
      <thead className="sr-only">
        <tr>
          <th scope="col">Since</th>
          <th scope="col">Value</th>
          <th scope="col">Change</th>
        </tr>
      </thead>
      <tbody className="divide-y divide-line border-line border-y">
        {asset.values.map(({ on, value }) => (
          <tr key={on}>
            <th scope="row" className="py-2 text-left font-normal">
              <Day on={on} />
            </th>
            <td className="py-2 text-right">
              <Amount money={value} />
            </td>
            <td className="w-20 text-right">
              {asset.values.length > 1 && (
                <button
                  type="button"
                  onClick={() => void forget(on)}
                  className="min-h-8 px-1 font-medium text-danger underline-offset-2 hover:underline"
                >
                  Remove<span className="sr-only"> the value of {write.date(on)}</span>
                </button>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Rename({
  name,
  busy,
  save
}: {
  name: string
  busy: boolean
  save: (name: string) => Promise<void>
}) {
  const [text, setText] = useState(name)
  return (
    <form
      className="flex min-w-0 flex-1 basis-64 items-end gap-2"
      onSubmit={(event) => {
        event.preventDefault()
        void save(text)
      }}
    >
      <TextField
        name="rename"
        label="Name"
        value={text}
        onChange={setText}
        autoComplete="off"
        className="min-w-32 flex-1"
      />
      <Button type="submit" look="quiet" busy={busy} className="min-h-12">
        Rename
      </Button>
    </form>
  )
}

function Remove({ remove }: { remove: () => Promise<void> }) {
  const [asked, setAsked] = useState(false)
  return (
    <Button
      look="bare"
      className="text-danger hover:bg-danger-soft"
      onClick={() => (asked ? void remove() : setAsked(true))}
    >
      {asked ? 'Remove for good' : 'Remove'}
    </Button>
  )
}
