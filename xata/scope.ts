import type { Statement } from '@/xata/drivers/transport'

/** Whose rows statements may touch: those of one user, or of every user (jobs, webhooks, admins). */
export type Scope = { userId: string } | 'every_user'

/**
 * Sent before each batch: the role and the user that the policies of row-level security name
 * (xata/migrations/0006_row-level-security.sql). Both end with the transaction, so poolers and
 * PGlite's shared session keep neither.
 */
export const scopeStatement = (scope: Scope): Statement => ({
  sql: "select set_config('role', $1, true), set_config('app.user_id', $2, true)",
  params: scope === 'every_user' ? ['pangea_worker', ''] : ['pangea_app', scope.userId]
})
