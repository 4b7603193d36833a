/** Switches for behaviour that Jiko does not document; the app must work with every setting. */

import type { MiddlewareHandler } from 'hono'
import { z } from 'zod'
import type { Store } from '@/sandbox/core/store'

const ApplicationFields = {
  /** A repeated idempotency key returns the first response, or 409. */
  repeatKey: z.enum(['first_answer', 'conflict']),
  /** Apply returns SUBMITTED or PENDING and decides later, or returns the outcome. */
  applyAnswer: z.enum(['submitted', 'pending', 'final']),
  /** Apply on an application in progress returns it unchanged, or 409. */
  applyAgain: z.enum(['same', 'conflict']),
  /** Once the documents are complete the check restarts automatically, or on another apply. */
  afterUpload: z.enum(['reruns', 'needs_apply']),
  /** Requested documents are listed, or shown by the three flags only. */
  documentsAsked: z.enum(['listed', 'flags']),
  /** A passport satisfies both sides of an ID card and the reverse, or all are required. */
  identityPapers: z.enum(['either', 'all']),
  /** Fields announced as mandatory are still optional, or already required. */
  announcedFields: z.enum(['optional', 'required']),
  /** Payloads of application events contain the id only, or more. */
  payloads: z.enum(['ids', 'more']),
  /** At the end of a list `next_page` is null, empty or absent. */
  listEnd: z.enum(['null', 'empty', 'absent']),
  /** A 404 has a JSON body, or none. */
  notFoundBody: z.enum(['words', 'empty']),
  /** The check stops at an unlisted status; only a control moves it on. */
  unknownStatus: z.boolean(),
  /**
   * An application that waits for documents already has a customer id, as in one published example.
   */
  customerIdEarly: z.boolean(),
  /** Approval opens the first pocket automatically. */
  pocketOnApproval: z.boolean(),
  /** A new pocket is OPEN at once, or PENDING for the decision delay. */
  pocketOpens: z.enum(['at_once', 'later']),
  /** Consent to an older bundle is accepted, sent to manual review, or refused with 422. */
  staleConsent: z.enum(['accept', 'manual_review', 'refuse']),
  /** Validation errors are a list of fields, or one sentence. */
  validationShape: z.enum(['list', 'string']),
  /** Allowed content types of uploads; PNG is the only documented one. */
  uploads: z.enum(['png', 'png_jpeg_pdf'])
}

const MoneyFields = {
  /** When an account at another bank is verified: at once, or after the decision delay. */
  counterpartyProof: z.enum(['at_once', 'later']),
  /** Whether deposits that the app requests send events. Money sent by others always does. */
  pullEvents: z.enum(['in', 'none']),
  /** Whether Jiko returns a transfer's description, by which the app recognises it. */
  transferReference: z.enum(['kept', 'dropped']),
  /** The status of a returned transfer. */
  returnWord: z.enum(['FAILED', 'REJECTED']),
  /** A returned transfer has a reason, or none. */
  returnReason: z.enum(['code', 'none']),
  /** Transfers pass through an unlisted status. */
  unknownTransferStatus: z.boolean()
}

const Fields = { ...ApplicationFields, ...MoneyFields }

const SwitchesSchema = z.strictObject(Fields)
export type Switches = z.infer<typeof SwitchesSchema>
export const SwitchesPatch = SwitchesSchema.partial()

export const DEFAULT_SWITCHES: Switches = {
  repeatKey: 'first_answer',
  applyAnswer: 'submitted',
  applyAgain: 'same',
  afterUpload: 'reruns',
  documentsAsked: 'listed',
  identityPapers: 'either',
  announcedFields: 'optional',
  payloads: 'ids',
  listEnd: 'null',
  notFoundBody: 'words',
  unknownStatus: false,
  customerIdEarly: false,
  pocketOnApproval: false,
  pocketOpens: 'at_once',
  staleConsent: 'manual_review',
  counterpartyProof: 'at_once',
  pullEvents: 'in',
  transferReference: 'kept',
  returnWord: 'FAILED',
  returnReason: 'code',
  unknownTransferStatus: false,
  validationShape: 'list',
  uploads: 'png'
}

const settingsOf = (fields: Partial<typeof Fields>): Partial<Switches>[] =>
  Object.entries(fields).flatMap(([name, field]) =>
    (field instanceof z.ZodBoolean ? [false, true] : field.options).map((value) => ({
      [name]: value
    }))
  )

/** Every setting of the switches for applications, and of those for transfers. */
export const APPLICATION_SETTINGS = settingsOf(ApplicationFields)
export const MONEY_SETTINGS = settingsOf(MoneyFields)

export type SwitchStore = { get(): Switches; set(patch: Partial<Switches>): Switches }

export function createSwitches(store: Store): SwitchStore {
  const kept = store.collection<{ id: string; values: Partial<Switches> }>('switches')
  const get = (): Switches => ({ ...DEFAULT_SWITCHES, ...kept.get('switches')?.values })
  return {
    get,
    set: (patch) => {
      kept.put({ id: 'switches', values: { ...get(), ...patch } })
      return get()
    }
  }
}

/** Middleware: how a list ends. */
export function applyListEnd(switches: SwitchStore): MiddlewareHandler {
  return async (c, next) => {
    await next()
    const { listEnd } = switches.get()
    if (
      listEnd === 'null' ||
      c.req.method !== 'GET' ||
      !c.res.headers.get('content-type')?.includes('json')
    )
      return
    const { next_page, ...list } = (await c.res.clone().json()) as {
      next_page?: string | null
      object_type?: string
    }
    if (list.object_type === 'CursorList' && next_page === null)
      c.res = Response.json(listEnd === 'empty' ? { ...list, next_page: '' } : list)
  }
}

/** Middleware: the body of a 404. */
export const applyNotFoundBody = (switches: SwitchStore): MiddlewareHandler => {
  return async (c, next) => {
    await next()
    if (switches.get().notFoundBody === 'empty' && c.res.status === 404)
      c.res = new Response(null, { status: 404 })
  }
}
