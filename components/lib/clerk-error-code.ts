/** Clerk's error code of a failed browser SDK call; null without a response. */
export function clerkErrorCode(thrown: unknown): string | null {
  const errors = thrown instanceof Error && 'errors' in thrown ? thrown.errors : null
  const [first] = Array.isArray(errors) ? (errors as { code?: string }[]) : []
  return first?.code ?? null
}
