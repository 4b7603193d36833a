/** Clerk's own code for why a call of its browser SDK failed; null where no answer came. */
export function clerkErrorCode(thrown: unknown): string | null {
  const errors = thrown instanceof Error && 'errors' in thrown ? thrown.errors : null
  const [first] = Array.isArray(errors) ? (errors as { code?: string }[]) : []
  return first?.code ?? null
}
