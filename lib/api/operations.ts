/** Responses of the endpoints for hosts and vendors. */
import { z } from 'zod'

export const WireLive = z.strictObject({ ok: z.literal(true) })
/** Ready if the database accepts writes. Vendors and encryption keys are reported only. */
export const WireReady = z.strictObject({
  ok: z.boolean(),
  storage: z.string(),
  encryption: z.unknown(),
  vendors: z.record(z.string(), z.string())
})
export const WireDrained = z.strictObject({ done: z.number() })
export const WireReceived = z.strictObject({ received: z.literal(true) })
