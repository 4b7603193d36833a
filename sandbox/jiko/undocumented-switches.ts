/** Where Jiko's documents are silent, the stand-in can be told how to behave; the app must live with every setting. */
import { z } from 'zod'
import type { Store } from '@/sandbox/core/store'

const ApplicationFields = {
  /** A repeated idempotency key is answered with the first answer, or with 409. */
  repeatKey: z.enum(['first_answer', 'conflict']),
  /** Apply answers SUBMITTED or PENDING and decides later, or answers the outcome itself. */
  applyAnswer: z.enum(['submitted', 'pending', 'final']),
  /** Apply on an application that is already under way answers it unchanged, or 409. */
  applyAgain: z.enum(['same', 'conflict']),
  /** Once enough documents are there the check runs again by itself, or waits for another apply. */
  afterUpload: z.enum(['reruns', 'needs_apply']),
  /** Documents that are asked for are listed, or only the three flags say so. */
  documentsAsked: z.enum(['listed', 'flags']),
  /** A passport stands for both sides of an ID card and the other way round, or the bank wants them all. */
  identityPapers: z.enum(['either', 'all']),
  /** Fields that are announced to become mandatory still may be left out, or not any more. */
  announcedFields: z.enum(['optional', 'required']),
  /** Payloads of application events carry the id only, or more. */
  payloads: z.enum(['ids', 'more']),
  /** The end of a list is a `next_page` that is null, empty, or not there. */
  listEnd: z.enum(['null', 'empty', 'absent']),
  /** A 404 has words, or no body at all. */
  notFoundBody: z.enum(['words', 'empty']),
  /** The check stops at a status that is in no list; only a console button moves it on. */
  unknownStatus: z.boolean(),
  /** An application that waits for documents already carries a customer id, as one published example does. */
  customerIdEarly: z.boolean(),
  /** Approval opens the first pocket by itself. */
  pocketOnApproval: z.boolean(),
  /** A new pocket is OPEN at once, or PENDING for the decision delay. */
  pocketOpens: z.enum(['at_once', 'later']),
  /** Consent to an older bundle is accepted, sent to manual review, or refused with 422. */
  staleConsent: z.enum(['accept', 'manual_review', 'refuse']),
  /** Validation answers carry a list of fields, or one sentence. */
  validationShape: z.enum(['list', 'string']),
  /** Content types that uploads may have: PNG is the only one written down. */
  uploads: z.enum(['png', 'png_jpeg_pdf'])
}

const MoneyFields = {
  /** An account at another bank is proven at once, or after the decision delay. */
  counterpartyProof: z.enum(['at_once', 'later']),
  /** Money that the app pulls in has events, or only money sent by others has. */
  pullEvents: z.enum(['in', 'none']),
  /** A transfer keeps the text it was given, so that it can be recognised, or drops it. */
  transferReference: z.enum(['kept', 'dropped']),
  /** The status of a transfer that came back. */
  returnWord: z.enum(['FAILED', 'REJECTED']),
  /** A returned transfer says why, or not. */
  returnReason: z.enum(['code', 'none']),
  /** Transfers pass through a status that is in no list. */
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

/** Every setting of the switches that an application meets, and of those that money meets. */
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
