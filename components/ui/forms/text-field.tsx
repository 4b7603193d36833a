import clsx from 'clsx'
import type { HTMLAttributes } from 'react'
import {
  borderClass,
  CONTROL_CLASS,
  describedBy,
  FieldError,
  fieldId,
  Hint
} from '@/components/ui/forms/field'
import { useTypedFormat } from '@/components/ui/forms/use-typed-format'

export type TextFieldProps = {
  name: string
  label: string
  value: string
  onChange: (value: string) => void
  error?: string
  hint?: string
  autoComplete: string
  inputMode?: HTMLAttributes<HTMLInputElement>['inputMode']
  /** Width by the expected length. */
  width?: 'full' | 'medium' | 'short'
  /** The label is also the page heading. */
  heading?: boolean
  /** Disables spell check for names and numbers. */
  spellCheck?: boolean
  className?: string
  /** Formats the text while it is typed. */
  format?: (typed: string) => string
}

const AS_TYPED = (typed: string) => typed

const WIDTHS = { full: 'w-full', medium: 'w-full max-w-64', short: 'w-full max-w-36' }

export function TextField({
  name,
  label,
  value,
  onChange,
  error,
  hint,
  width = 'full',
  heading = false,
  format = AS_TYPED,
  ...rest
}: TextFieldProps) {
  const onInput = useTypedFormat(format, onChange)
  const { className, autoComplete, inputMode, spellCheck = false } = rest
  const tag = (
    <label htmlFor={fieldId(name)} className={heading ? undefined : 'font-medium text-[0.9375rem]'}>
      {label}
    </label>
  )
  return (
    <div data-field className={className}>
      {heading ? (
        <h1 className="font-semibold text-[1.75rem] leading-9 tracking-[-0.02em]">{tag}</h1>
      ) : (
        tag
      )}
      {hint && <Hint name={name}>{hint}</Hint>}
      <FieldError name={name} error={error} />
      <input
        id={fieldId(name)}
        name={name}
        type="text"
        value={value}
        onChange={onInput}
        autoComplete={autoComplete}
        inputMode={inputMode}
        spellCheck={spellCheck}
        autoCapitalize={inputMode ? 'off' : undefined}
        aria-invalid={error ? true : undefined}
        aria-describedby={describedBy(name, { hint: Boolean(hint), error: Boolean(error) })}
        className={clsx(
          CONTROL_CLASS,
          borderClass(error),
          WIDTHS[width],
          heading ? 'mt-5' : 'mt-1.5'
        )}
      />
    </div>
  )
}
