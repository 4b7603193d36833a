'use client'

import { Plus, X } from 'lucide-react'
import { useState } from 'react'
import { flushSync } from 'react-dom'
import { useText } from '#text'
import { apiSend } from '@/components/lib/api'
import { randomUuid } from '@/components/lib/uuid'
import { CategoryField } from '@/components/transactions/edit/category-field'
import { Button } from '@/components/ui/button'
import { MoneyText, useFormatting } from '@/components/ui/formatting'
import { ErrorSummary } from '@/components/ui/forms/error-summary'
import { fieldId } from '@/components/ui/forms/field'
import { FormButtons } from '@/components/ui/forms/form-buttons'
import { TextInput } from '@/components/ui/forms/text-input'
import { useSubmit } from '@/components/ui/forms/use-submit'
import type { TransactionResponse } from '@/lib/api/responses'
import type { TransactionDetailResponse } from '@/lib/api/transaction-edits'
import { amountHint, formatAmountInput, parseAmount } from '@/lib/domain/money/amount-input'
import { toDecimal, toMoney } from '@/lib/domain/money/money'
import { EDIT_LIMITS } from '@/lib/domain/transactions/edits'

type FirstDraft = { category: string; note: string }
type SplitDraft = FirstDraft & { key: string; amount: string }
type Props = {
  row: TransactionResponse
  detail: TransactionDetailResponse
  onSaved: (detail: TransactionDetailResponse) => void
  onCancel: () => void
}

const emptyDraft = (): SplitDraft => ({ key: randomUuid(), amount: '', category: '', note: '' })

const splitFields = ({ category, note }: { category: string; note: string }) => ({
  category: category || null,
  note: note || null
})

/** The stored parts after the first as drafts, or one empty draft. */
function draftsOf({ parts }: TransactionDetailResponse, sign: bigint, locale: string) {
  const drafts = parts.slice(1).map(({ amount, category, note }): SplitDraft => {
    const decimal = toDecimal({ ...amount, minor: BigInt(amount.minor) * sign })
    return {
      key: randomUuid(),
      amount: formatAmountInput(decimal, { locale }),
      category: category ?? '',
      note: note ?? ''
    }
  })
  return drafts.length > 0 ? drafts : [emptyDraft()]
}

/** Errors by the names of the form's inputs. */
const inputErrors = (
  errors: Record<string, string>,
  isUnreadable: (n: number) => boolean,
  hint: string
) =>
  Object.fromEntries(
    Object.entries(errors).map(([path, message]) => {
      const n = Number(/^parts\.(\d+)\.minor$/.exec(path)?.[1] ?? 0)
      return [
        path.replace(/^parts\.(\d+)\.minor$/, 'part-$1-amount'),
        isUnreadable(n - 1) ? hint : message
      ]
    })
  )

/** The drafts of the parts after the first. */
function useOtherSplits(initial: () => SplitDraft[]) {
  const [otherSplits, setOtherSplits] = useState(initial)
  const update = (key: string, changes: Partial<SplitDraft>) =>
    setOtherSplits((now) =>
      now.map((split) => (split.key === key ? { ...split, ...changes } : split))
    )
  const remove = (key: string) => setOtherSplits((now) => now.filter((split) => split.key !== key))
  const add = () => {
    flushSync(() => setOtherSplits((now) => [...now, emptyDraft()]))
    document.getElementById(fieldId(`part-${otherSplits.length + 1}-amount`))?.focus()
  }
  return { otherSplits, update, remove, add }
}

function useSplit(
  row: TransactionResponse,
  detail: TransactionDetailResponse,
  onSaved: Props['onSaved']
) {
  const { locale } = useFormatting()
  const text = useText('transactions')
  const total = row.part?.whole ?? row.amount
  const sign = total.minor.startsWith('-') ? -1n : 1n
  const [firstSplit, setFirstSplit] = useState({
    category: detail.parts[0]?.category ?? '',
    note: detail.parts[0]?.note ?? ''
  })
  const { otherSplits, ...changes } = useOtherSplits(() => draftsOf(detail, sign, locale))
  const minors = otherSplits.map(({ amount }) => parseMinor(amount, locale, total.currency))
  const remainder =
    BigInt(total.minor) - minors.reduce<bigint>((total, minor) => total + (minor ?? 0n) * sign, 0n)
  const save = (parts: object[]) =>
    apiSend<TransactionDetailResponse>(`/api/v1/transactions/${row.id}`, { parts }, 'PATCH')
  const { errors, ...submission } = useSubmit(async () => {
    const parts = otherSplits.map((split, n) => ({
      minor: ((minors[n] ?? 0n) * sign).toString(),
      ...splitFields(split)
    }))
    onSaved(await save([{ minor: remainder.toString(), ...splitFields(firstSplit) }, ...parts]))
  })
  const { currency } = total
  return {
    firstSplit,
    setFirstSplit,
    otherSplits,
    ...changes,
    remainder,
    isOver: remainder * sign < 0n,
    currency,
    ...submission,
    errors: inputErrors(
      errors,
      (n) => minors[n] === null && Boolean(otherSplits[n]?.amount.trim()),
      amountHint({ locale, currency }, text)
    )
  }
}

/** Splits a transaction. The first part is the remainder, so the parts always add up. */
export function SplitForm({ row, detail, onSaved, onCancel }: Props) {
  const text = useText('transactions')
  const split = useSplit(row, detail, onSaved)
  const { firstSplit, setFirstSplit, otherSplits, remainder, currency } = split
  return (
    <form onSubmit={split.submit} noValidate className="px-5 py-5 sm:px-6">
      <ErrorSummary errors={split.errors} failure={split.failure} attempt={split.attempt} />
      <FirstSplit
        split={firstSplit}
        isOver={split.isOver}
        remainder={{ minor: remainder.toString(), currency }}
        onChange={(changes) => setFirstSplit((now) => ({ ...now, ...changes }))}
      />
      {otherSplits.map((other, n) => (
        <OtherSplit
          key={other.key}
          n={n + 1}
          split={other}
          currency={currency}
          error={split.errors[`part-${n + 1}-amount`]}
          onChange={(changes) => split.update(other.key, changes)}
          onRemove={otherSplits.length > 1 ? () => split.remove(other.key) : null}
        />
      ))}
      {otherSplits.length < EDIT_LIMITS.splits - 1 && (
        <Button variant="bare" className="mt-2" onClick={split.add}>
          <Plus aria-hidden="true" className="size-4" /> {text('Another part')}
        </Button>
      )}
      <FormButtons
        busy={split.busy}
        labels={[text('Save split'), text('Saving')]}
        onCancel={onCancel}
        className="mt-4"
      />
    </form>
  )
}

/** The first part gets what the others leave. */
function FirstSplit({
  split,
  isOver,
  remainder,
  onChange
}: {
  split: FirstDraft
  /** The other parts come to more than the transaction. */
  isOver: boolean
  remainder: { minor: string; currency: string }
  onChange: (changes: Partial<FirstDraft>) => void
}) {
  const text = useText('transactions')
  return (
    <fieldset className="space-y-3 rounded-xl border border-line p-4">
      <legend className="sr-only">{text('Part 1, the rest')}</legend>
      <p className="flex items-baseline justify-between gap-3">
        <span className="font-medium text-[0.9375rem]">
          {isOver ? text('Too much by') : text('Remaining')}
        </span>
        <output id="field-part-0-amount" tabIndex={-1} className="font-semibold tabular-nums">
          <MoneyText
            money={isOver ? { ...remainder, minor: remainder.minor.replace('-', '') } : remainder}
          />
        </output>
      </p>
      <SplitFields n={0} split={split} onChange={onChange} />
    </fieldset>
  )
}

function OtherSplit({
  n,
  split,
  currency,
  error,
  onChange,
  onRemove
}: {
  /** Its index among all parts; the first has 0. */
  n: number
  split: SplitDraft
  currency: string
  error: string | undefined
  onChange: (changes: Partial<SplitDraft>) => void
  /** null for the only one. */
  onRemove: (() => void) | null
}) {
  const { locale } = useFormatting()
  const text = useText('transactions')
  const zero = formatAmountInput(toDecimal({ minor: 0n, currency }), { locale })
  return (
    <fieldset className="relative mt-3 space-y-3 rounded-xl border border-line p-4">
      <legend className="sr-only">{text('Part {n}', { n: n + 1 })}</legend>
      <TextInput
        name={`part-${n}-amount`}
        label={text('Amount of part {n}', { n: n + 1 })}
        value={split.amount}
        onChange={(amount) => onChange({ amount })}
        placeholder={zero}
        error={error}
        numeric
      />
      <SplitFields n={n} split={split} onChange={onChange} />
      {onRemove && (
        <button
          type="button"
          onClick={onRemove}
          className="absolute top-0 right-1 inline-flex size-10 items-center justify-center rounded-control text-muted hover:text-ink"
        >
          <X aria-hidden="true" className="size-4" />
          <span className="sr-only">{text('Remove part {n}', { n: n + 1 })}</span>
        </button>
      )}
    </fieldset>
  )
}

function SplitFields({
  n,
  split,
  onChange
}: {
  n: number
  split: { category: string; note: string }
  onChange: (changes: { category?: string; note?: string }) => void
}) {
  const text = useText('transactions')
  return (
    <div className="grid gap-3 sm:grid-cols-2">
      <CategoryField
        name={`part-${n}-category`}
        label={text('Category')}
        value={split.category}
        onChange={(category) => onChange({ category })}
        emptyLabel={text('Same as the transaction')}
      />
      <TextInput
        name={`part-${n}-note`}
        label={text('Note')}
        value={split.note}
        onChange={(note) => onChange({ note })}
      />
    </div>
  )
}

/**
 * Parses an amount to minor units; null if invalid. A part can have the opposite sign, such as a
 * refund within a purchase.
 */
function parseMinor(input: string, locale: string, currency: string): bigint | null {
  const [, minus, size = ''] = /^\s*([-\u2212]?)(.*)$/.exec(input) ?? []
  const decimal = parseAmount(size, { locale, currency })
  return decimal === null ? null : toMoney(`${minus ? '-' : ''}${decimal}`, currency).minor
}
