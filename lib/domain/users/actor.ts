import type { Reverification } from '@/lib/domain/users/reverification'

declare const made: unique symbol
/** Branded: the symbol is not exported, so no actor can be written as an object literal. */
type Made<Kind extends string> = { readonly [made]: { [K in Kind]: true } }

/** Who performs an action. Queries take the actor and filter by it. */
export type Actor = UserActor | SystemActor
/** A signed-in user. Only AuthService makes one. */
export type UserActor = Made<'user'> & {
  kind: 'person'
  userId: string
  sessionId?: string
  /** The client's address without its last part. */
  network?: string
  reverification?: Reverification
}
/**
 * A user with the admin role and a second factor verified in this session. Only
 * AuthService.requireAdmin makes one.
 */
export type AdminActor = UserActor & Made<'admin'> & { admin: true }
/** Pangea's own work: webhooks, jobs, reconciliation. */
export type SystemActor = Made<'system'> & { kind: 'system'; reason: string }

export const systemActor = (reason: string): SystemActor =>
  ({ kind: 'system', reason }) as SystemActor
