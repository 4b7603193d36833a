'use client'

import { useState } from 'react'
import { useText } from '#text'
import { apiSend } from '@/components/lib/api'
import { useRefresh } from '@/components/lib/use-refresh'
import { assetKindOptions, CURRENCY_OPTIONS } from '@/components/reports/own-assets/asset-labels'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { useFormatting } from '@/components/ui/formatting'
import { sendAmountInput } from '@/components/ui/forms/amount-input'
import { SelectField } from '@/components/ui/forms/choice-fields'
import { DateField } from '@/components/ui/forms/date-field'
import { ErrorSummary } from '@/components/ui/forms/error-summary'
import { TextField } from '@/components/ui/forms/text-field'
import { useSubmit } from '@/components/ui/forms/use-submit'
import type { AssetResponse } from '@/lib/api/assets'

type AssetForm = { name: string; kind: string; currency: string; value: string; on: string }
type SetField = (name: keyof AssetForm) => (text: string) => void
type Errors = ReturnType<typeof useSubmit>['errors']

const errorProps = (errors: Errors) => (name: keyof AssetForm) =>
  errors[name] ? { error: errors[name] } : {}

function useAssetForm(currency: string, onSaved: () => void) {
  const { today, locale } = useFormatting()
  const refresh = useRefresh()
  const [form, setForm] = useState<AssetForm>({
    name: '',
    kind: '',
    currency,
    value: '',
    on: today
  })
  const set: SetField = (name) => (text) => setForm((before) => ({ ...before, [name]: text }))
  const submission = useSubmit(async () => {
    await sendAmountInput(
      form.value,
      { field: 'value', locale, currency: form.currency },
      (value) =>
        apiSend<AssetResponse>('/api/v1/assets', { ...form, value, on: form.on || undefined })
    )
    await refresh()
    onSaved()
  })
  return { form, set, ...submission }
}

/** Adds an own asset or debt. */
export function AddAsset({
  onClose,
  currencies
}: {
  onClose: () => void
  currencies: readonly string[]
}) {
  const text = useText('reports')
  const { today } = useFormatting()
  const currencyOptions = [...new Set([...currencies, ...CURRENCY_OPTIONS])]
  const { form, set, busy, errors, failure, attempt, submit } = useAssetForm(
    currencyOptions[0] ?? 'USD',
    onClose
  )
  const error = errorProps(errors)
  return (
    <Dialog title={text('Add something you own or owe')} onClose={onClose}>
      <form onSubmit={submit} noValidate className="mt-4 space-y-5">
        <ErrorSummary errors={errors} failure={failure} attempt={attempt} />
        <SelectField
          name="kind"
          label={text('What is it?')}
          placeholder={text('Choose')}
          options={assetKindOptions(text)}
          value={form.kind}
          onChange={set('kind')}
          {...error('kind')}
        />
        <TextField
          name="name"
          label={text('Name')}
          value={form.name}
          onChange={set('name')}
          autoComplete="off"
          {...error('name')}
        />
        <ValueFields form={form} set={set} errors={errors} currencies={currencyOptions} />
        <DateField
          name="on"
          label={text('Since')}
          hint={text('It counts from this day on. Choose an earlier date if you already had it.')}
          value={form.on}
          max={today}
          onChange={set('on')}
          error={errors.on}
        />
        <AddButtons busy={busy} onClose={onClose} />
      </form>
    </Dialog>
  )
}

function AddButtons({ busy, onClose }: { busy: boolean; onClose: () => void }) {
  const text = useText('reports')
  return (
    <div className="flex flex-wrap justify-end gap-2">
      <Button variant="quiet" onClick={onClose}>
        {text('Cancel')}
      </Button>
      <Button type="submit" busy={busy}>
        {busy ? text('Adding') : text('Add')}
      </Button>
    </div>
  )
}

function ValueFields({
  form,
  set,
  errors,
  currencies
}: {
  form: AssetForm
  set: SetField
  errors: Errors
  currencies: readonly string[]
}) {
  const text = useText('reports')
  const error = errorProps(errors)
  return (
    <div className="grid grid-cols-[minmax(0,1fr)_7rem] items-end gap-3">
      <TextField
        name="value"
        label={text('Value, or amount owed')}
        value={form.value}
        onChange={set('value')}
        autoComplete="off"
        inputMode="decimal"
        {...error('value')}
      />
      <SelectField
        name="currency"
        label={text('Currency')}
        placeholder={text('Choose')}
        options={currencies.map((code) => ({ value: code, label: code }))}
        value={form.currency}
        onChange={set('currency')}
        {...error('currency')}
      />
    </div>
  )
}
