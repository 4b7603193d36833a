import type { Proof } from './proof'

/** Who is asking. Every DataService function takes one first and binds its query to it. */
export type Person = { kind: 'person'; userId: string; sessionId?: string; proof?: Proof }
/** Somebody who looks after the others, with a second factor proven in this session. Only AuthService.requireAdmin makes one. */
export type Admin = Person & { admin: true }
/** The app's own work: webhooks, the drain, reconciliation. It acts for the owner of the row it holds. */
export type System = { kind: 'system'; reason: string }
export type Actor = Person | System

export const person = (userId: string, sessionId?: string, proof?: Proof): Person => ({
  kind: 'person',
  userId,
  ...(sessionId ? { sessionId } : {}),
  ...(proof ? { proof } : {})
})
export const system = (reason: string): System => ({ kind: 'system', reason })
