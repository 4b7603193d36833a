import { useText } from '#text'

export function Hint({ name, children }: { name: string; children: string }) {
  return (
    <p id={hintId(name)} className="mt-1 text-[0.9375rem] text-muted leading-6">
      {children}
    </p>
  )
}

/** The summary's message, at the field. */
export function FieldError({ name, error }: { name: string; error: string | undefined }) {
  const text = useText('common')
  if (!error) return null
  return (
    <p id={errorId(name)} className="mt-2 font-medium text-[0.9375rem] text-danger leading-6">
      <span className="sr-only">{text('Error:')} </span>
      {error}
    </p>
  )
}

/** Ids connect a field with its hint, message and summary entry. */
export const fieldId = (name: string): string => `field-${name}`
export const errorId = (name: string): string => `field-${name}-error`
export const hintId = (name: string): string => `field-${name}-hint`

/** Value of aria-describedby. */
export const describedBy = (
  name: string,
  { hint, error }: { hint?: boolean; error?: boolean }
): string | undefined =>
  [hint ? hintId(name) : null, error ? errorId(name) : null].filter(Boolean).join(' ') || undefined

/** Class of every text control. */
export const CONTROL_CLASS =
  'block min-h-12 rounded-control border bg-surface px-3.5 py-2.5 text-base text-ink placeholder:text-muted focus:outline-3 focus:outline-offset-0 focus:outline-ring/60'

export const borderClass = (error: string | undefined): string =>
  error ? 'border-danger border-2' : 'border-line-strong'

export type FieldErrors = Record<string, string>
