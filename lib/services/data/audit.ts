import 'server-only'
import type { Actor } from '../../domain/actor'
import { atomic, audit } from './query'

/** For acts that change no other row, such as looking at a number. */
export async function recordAudit(actor: Actor, action: string, { subject, detail }: { subject: string; detail: Record<string, unknown> }): Promise<void> {
  await atomic([audit(actor, action, { userId: actor.kind === 'person' ? actor.userId : null, subject, detail })])
}
