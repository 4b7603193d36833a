import { errorId, hintId } from '@/components/ui/forms/field-attributes'

export function Hint({ name, children }: { name: string; children: string }) {
  return (
    <p id={hintId(name)} className="mt-1 text-[0.9375rem] text-muted leading-6">
      {children}
    </p>
  )
}

/** The summary's message, at the field. */
export function FieldError({ name, error }: { name: string; error: string | undefined }) {
  if (!error) return null
  return (
    <p id={errorId(name)} className="mt-2 font-medium text-[0.9375rem] text-danger leading-6">
      <span className="sr-only">Error: </span>
      {error}
    </p>
  )
}
