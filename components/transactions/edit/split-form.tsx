'use client'

import { Plus, X } from 'lucide-react'
import { useState } from 'react'
import { flushSync } from 'react-dom'
import type { TransactionResponse } from '@/lib/api/responses'
import type { TransactionDetailResponse } from '@/lib/api/transaction-edits'
import { EDIT_LIMITS } from '@/lib/domain/transactions/edits'
import { toDecimal, toMoney } from '@/lib/domain/money/money'
import { amountHint, parseAmount, formatAmountInput } from '@/lib/domain/money/amount-input'
import { change } from '@/components/lib/api'
import { ErrorSummary } from '@/components/ui/forms/error-summary'
import { fieldId } from '@/components/ui/forms/field-attributes'
import { FormButtons } from '@/components/ui/forms/form-buttons'
import { SayField } from '@/components/ui/forms/text-input'
import { useSubmit } from '@/components/ui/forms/use-submit'
import { newId } from '@/components/lib/uuid'
import { Button } from '@/components/ui/button'
import { MoneyText, useWriting } from '@/components/ui/formatting'
import { CategoryField } from '@/components/transactions/edit/category-field'

type Draft = { key: string; amount: string; category: string; note: string }
type Props = {
  row: TransactionResponse
  detail: TransactionDetailResponse
  onSaved: (detail: TransactionDetailResponse) => void
  onCancel: () => void
}

const blank = (): Draft => ({ key: newId(), amount: '', category: '', note: '' })

/** One transaction as several. The first part is what the others leave, so they cannot fail to add up. */
export function SplitForm({ row, detail, onSaved, onCancel }: Props) {
  const { locale } = useWriting()
  const whole = row.part?.whole ?? row.amount
  const sign = whole.minor.startsWith('-') ? -1n : 1n
  const [first, setFirst] = useState({
    category: detail.parts[0]?.category ?? '',
    note: detail.parts[0]?.note ?? ''
  })
  const [others, setOthers] = useState<Draft[]>(() => {
    const said = detail.parts.slice(1).map(({ amount, category, note }): Draft => {
      const plain = toDecimal({ minor: BigInt(amount.minor) * sign, currency: whole.currency })
      return {
        key: newId(),
        amount: formatAmountInput(plain, { locale }),
        category: category ?? '',
        note: note ?? ''
      }
    })
    return said.length > 0 ? said : [blank()]
  })
  const minors = others.map(({ amount }) => minorOf(amount, locale, whole.currency))
  const rest =
    BigInt(whole.minor) - minors.reduce<bigint>((total, minor) => total + (minor ?? 0n) * sign, 0n)
  const save = (parts: object[]) =>
    change<TransactionDetailResponse>(`/api/v1/transactions/${row.id}`, { parts }, 'PATCH')
  const { busy, errors, failure, attempt, submit } = useSubmit(async () => {
    const said = (part: { category: string; note: string }) => ({
      category: part.category || null,
      note: part.note || null
    })
    const parts = others.map((part, n) => ({
      minor: ((minors[n] ?? 0n) * sign).toString(),
      ...said(part)
    }))
    onSaved(await save([{ minor: rest.toString(), ...said(first) }, ...parts]))
  })
  const put = (key: string, more: Partial<Draft>) =>
    setOthers((now) => now.map((part) => (part.key === key ? { ...part, ...more } : part)))
  const add = () => {
    flushSync(() => setOthers((now) => [...now, blank()]))
    document.getElementById(fieldId(`part-${others.length + 1}-amount`))?.focus()
  }
  const partErrors = Object.fromEntries(
    Object.entries(errors).map(([path, message]) => {
      const n = Number(/^parts\.(\d+)\.minor$/.exec(path)?.[1] ?? 0)
      const unread = minors[n - 1] === null && others[n - 1]?.amount.trim()
      return [
        path.replace(/^parts\.(\d+)\.minor$/, 'part-$1-amount'),
        unread ? amountHint({ locale, currency: whole.currency }) : message
      ]
    })
  )
  return (
    <form onSubmit={submit} noValidate className="px-5 py-5 sm:px-6">
      <ErrorSummary errors={partErrors} failure={failure} attempt={attempt} />
      <fieldset className="space-y-3 rounded-xl border border-line p-4">
        <legend className="sr-only">Part 1, what is left</legend>
        <p className="flex items-baseline justify-between gap-3">
          <span className="font-medium text-[0.9375rem]">What is left</span>
          <output id="field-part-0-amount" tabIndex={-1} className="font-semibold tabular-nums">
            <MoneyText money={{ minor: rest.toString(), currency: whole.currency }} />
          </output>
        </p>
        <PartFields
          n={0}
          part={first}
          onChange={(more) => setFirst((now) => ({ ...now, ...more }))}
        />
      </fieldset>
      {others.map((part, n) => (
        <fieldset
          key={part.key}
          className="relative mt-3 space-y-3 rounded-xl border border-line p-4"
        >
          <legend className="sr-only">{`Part ${n + 2}`}</legend>
          <SayField
            name={`part-${n + 1}-amount`}
            label={`Amount of part ${n + 2}`}
            value={part.amount}
            onChange={(amount) => put(part.key, { amount })}
            placeholder={formatAmountInput(toDecimal({ minor: 0n, currency: whole.currency }), {
              locale
            })}
            error={partErrors[`part-${n + 1}-amount`]}
            numeric
          />
          <PartFields n={n + 1} part={part} onChange={(more) => put(part.key, more)} />
          {others.length > 1 && (
            <button
              type="button"
              onClick={() => setOthers((now) => now.filter(({ key }) => key !== part.key))}
              className="absolute top-0 right-1 inline-flex size-10 items-center justify-center rounded-control text-muted hover:text-ink"
            >
              <X aria-hidden="true" className="size-4" />
              <span className="sr-only">{`Remove part ${n + 2}`}</span>
            </button>
          )}
        </fieldset>
      ))}
      {others.length < EDIT_LIMITS.splits - 1 && (
        <Button look="bare" className="mt-2" onClick={add}>
          <Plus aria-hidden="true" className="size-4" /> Another part
        </Button>
      )}
      <FormButtons
        busy={busy}
        says={['Save the split', 'Saving']}
        onCancel={onCancel}
        className="mt-4"
      />
    </form>
  )
}

function PartFields({
  n,
  part,
  onChange
}: {
  n: number
  part: { category: string; note: string }
  onChange: (more: { category?: string; note?: string }) => void
}) {
  return (
    <div className="grid gap-3 sm:grid-cols-2">
      <CategoryField
        name={`part-${n}-category`}
        label="Category"
        value={part.category}
        onChange={(category) => onChange({ category })}
        none="As the whole"
      />
      <SayField
        name={`part-${n}-note`}
        label="What it was"
        value={part.note}
        onChange={(note) => onChange({ note })}
      />
    </div>
  )
}

/** What was typed, in minor units; null while it is no amount. A part may go the other way, such as a refund within a purchase. */
function minorOf(typed: string, locale: string, currency: string): bigint | null {
  const [, minus, size = ''] = /^\s*([-\u2212]?)(.*)$/.exec(typed) ?? []
  const plain = parseAmount(size, { locale, currency })
  return plain === null ? null : toMoney(`${minus ? '-' : ''}${plain}`, currency).minor
}
