'use client'

import clsx from 'clsx'
import { Search } from 'lucide-react'
import { useEffect, useId, useRef, useState } from 'react'
import { useText } from '#text'
import { useFormatting } from '@/components/ui/formatting'
import { CONTROL_CLASS } from '@/components/ui/forms/field'
import { amountHint, formatAmountInput, parseAmount } from '@/lib/domain/money/amount-input'

export const FILTER_INPUT_CLASS = `${CONTROL_CLASS} mt-1.5 w-full border-line-strong`

/** On a phone the field's own text says what it is, and the list begins higher. */
export const PHONE_LABEL_CLASS = 'max-sm:sr-only'

/** Keeps the typed text, unless the URL changed by other means; then the URL's text replaces it. */
function useTypedValue(
  value: string,
  formatValue = (decimal: string) => decimal
): [string, (text: string) => void, { current: string }] {
  const [text, setText] = useState(() => formatValue(value))
  const sent = useRef(value)
  const lastValue = useRef(value)
  useEffect(() => {
    // Until the URL reflects the sent text, its old value is not a change.
    if (value === lastValue.current) return
    lastValue.current = value
    if (value === sent.current) return
    sent.current = value
    setText(formatValue(value))
  })
  return [text, setText, sent]
}

const DEBOUNCE_MS = 250

/** Searches while typing. */
export function SearchField({
  value,
  busy,
  onChange
}: {
  value: string
  busy: boolean
  onChange: (text: string) => void
}) {
  const text = useText('transactions')
  const [typed, setTyped, sent] = useTypedValue(value)
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])
  const type = (next: string) => {
    setTyped(next)
    clearTimeout(timer.current)
    timer.current = setTimeout(() => {
      sent.current = next
      onChange(next)
    }, DEBOUNCE_MS)
  }
  return (
    <div>
      <label htmlFor="search" className={clsx('font-medium text-[0.9375rem]', PHONE_LABEL_CLASS)}>
        {text('Search')}
      </label>
      <div className="relative">
        <Search
          aria-hidden="true"
          className={clsx(
            'absolute top-1/2 left-3.5 size-4.5 -translate-y-1/2 text-muted',
            busy && 'motion-safe:animate-pulse'
          )}
        />
        <input
          id="search"
          type="search"
          value={typed}
          maxLength={100}
          autoComplete="off"
          spellCheck={false}
          placeholder={text('Search name, note or tag')}
          onChange={(event) => type(event.target.value)}
          className={clsx(FILTER_INPUT_CLASS, 'pl-10')}
        />
      </div>
    </div>
  )
}

type FilterInputProps = {
  label: string
  type: 'date' | 'amount'
  value: string
  onChange: (decimal: string) => void
}

/** A date or an amount in the user's locale; the URL has the plain value. */
export function FilterInput({ label, type, value, onChange }: FilterInputProps) {
  const id = useId()
  const { locale } = useFormatting()
  const text = useText('transactions')
  const amount = type === 'amount'
  const [typed, setTyped, sent] = useTypedValue(value, (decimal) =>
    amount ? formatAmountInput(decimal, { locale }) : decimal
  )
  const [isInvalid, setIsInvalid] = useState(false)
  const send = (entered: string) => {
    const next = amount && entered.trim() ? parseAmount(entered, { locale }) : entered.trim()
    setIsInvalid(next === null)
    if (next === null || next === sent.current) return
    sent.current = next
    onChange(next)
  }
  const write = (next: string) => {
    setTyped(next)
    if (!amount) send(next)
  }
  return (
    <div className="min-w-0">
      <label htmlFor={id} className="font-medium text-[0.9375rem]">
        {label}
      </label>
      <input
        id={id}
        type={amount ? 'text' : 'date'}
        inputMode={amount ? 'decimal' : undefined}
        placeholder={amount ? formatAmountInput('0.00', { locale }) : undefined}
        aria-invalid={isInvalid || undefined}
        aria-describedby={isInvalid ? `${id}-wrong` : undefined}
        data-empty={typed === '' || undefined}
        value={typed}
        onChange={(event) => write(event.target.value)}
        onBlur={() => send(typed)}
        onKeyDown={(event) => event.key === 'Enter' && send(typed)}
        className={FILTER_INPUT_CLASS}
      />
      {isInvalid && (
        <p id={`${id}-wrong`} role="alert" className="mt-1 text-danger text-sm">
          {amountHint({ locale }, text)}
        </p>
      )}
    </div>
  )
}
