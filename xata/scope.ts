import type { Statement } from '@/xata/drivers/transport'

/** Whose rows statements may touch: those of one user, or of every user (jobs, webhooks, admins). */
export type Scope = { userId: string } | 'every_user'

/** The first statement of each batch. Its settings end with the transaction. */
export const scopeStatement = (scope: Scope): Statement => ({
  sql: "select set_config('app.user_id', $1, true)",
  params: [scope === 'every_user' ? '' : scope.userId]
})
