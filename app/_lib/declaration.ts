/** The declaration of a route: its requirements and its responses. */
import type { z } from 'zod'
import type { UserActor } from '@/lib/domain/users/actor'
import type { StepUpAge } from '@/lib/domain/users/reverification'
import type { RequestErrorCode } from '@/lib/platform/errors'
import type { PangeaService } from '@/lib/services'

/** The input of a route that decides whether a request needs a step-up. */
export type StepUpInput<Input extends { query?: unknown; body?: unknown } = object> = {
  actor: UserActor
  query: Input extends { query: infer Query } ? Query : unknown
  body: Input extends { body: infer Body } ? Body : unknown
}
/** A step-up that only some requests need. */
type ConditionalStepUp = {
  within: StepUpAge
  /** In which case, for the list of requirements: `history is erase`. */
  only: string
  /** A method: its parameter may be narrower than this one. */
  applies(input: StepUpInput): boolean | Promise<boolean>
}

export type Declaration = {
  /** One sentence about the call, for the API's document. */
  summary: string
  auth: 'public' | 'user' | 'admin'
  /**
   * Asks Clerk whether session and user are still valid: for routes that move money, reveal
   * numbers, export or delete. Admin routes always do.
   */
  live?: true
  /** Requires a reverification of at most this age; includes `live`. */
  stepUp?: StepUpAge | ConditionalStepUp
  /** Required for signed-in routes; see lib/domain/users/cost-classes.ts. */
  limit?: PangeaService.LimitName
  /** For public routes: how often a network of clients may call. */
  networkLimit?: PangeaService.NetworkLimitName
  params?: z.ZodType
  query?: z.ZodType
  /**
   * JSON of this schema, the raw bytes, or a file of this type that the handler streams from
   * `request`.
   */
  body?: z.ZodType | 'bytes' | { contentType: string }
  /**
   * JSON of this schema, null for 204, or the content types of a `Response` that the handler
   * returns.
   */
  response: z.ZodType | null | readonly string[]
  /** Refusals by the route's own rules; those of its checks follow from the declaration. */
  errors?: readonly RequestErrorCode[]
  /** Success status; 200 by default. */
  status?: number
  /**
   * For answers with account numbers, tokens or links, which are never stored: a repeat with the
   * same Idempotency-Key runs the handler again.
   */
  replay?: 'again'
  /** Wakes the worker after a success: the handler enqueues jobs. */
  enqueues?: true
}

/** Whether a part of a declaration is a Zod schema; modules may have several copies of the class. */
export const isSchema = (shape: unknown): shape is z.ZodType =>
  typeof shape === 'object' && shape !== null && 'safeParse' in shape
