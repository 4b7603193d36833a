import 'server-only'
import { z } from 'zod'
import { cleanText } from '@/lib/domain/vendor-text'

/**
 * The parts of Jiko's responses that we read; everything else, above all personal data, is dropped
 * while parsing. Open enums stay text.
 */
const word = z
  .string()
  .max(200)
  .transform((value) => cleanText(value, 200) ?? '')
  .refine((value) => value !== '')
const id = word
const nullableWord = z
  .string()
  .nullish()
  .transform((value) => (value ? cleanText(value, 500) : null))
/** A missing name becomes empty instead of rejecting the response. */
const name = z.string().transform((value) => cleanText(value, 500) ?? '')

/** Integer cents. `amount_usdc` is also cents, not the coin (contracts: Jiko §3). */
export const JikoAmount = z.object({ value: z.number().int(), currency: word })

export const JikoAgreements = z.object({
  version: word,
  release_date: word,
  documents: z
    .array(
      z.object({
        title: name,
        pdf_download_url: z.url({ protocol: /^https?$/ }),
        type: word,
        category: word
      })
    )
    .min(1)
})

export const JikoApplication = z.object({
  id,
  status: word,
  customer_id: nullableWord,
  documents: z
    .array(z.object({ id, type: word, status: word, exception_reason: nullableWord }))
    .nullish()
    .transform((documents) => documents ?? []),
  id_verification_documents_needed: z.boolean().nullish(),
  identification_number_verification_document_needed: z.boolean().nullish(),
  address_verification_document_needed: z.boolean().nullish()
})
export type JikoApplication = z.output<typeof JikoApplication>

/** That the name has the parts of the application is an assumption (contracts: Jiko §2). */
export const JikoCustomer = z.object({
  name: z.object({ first_name: word, middle_name: nullableWord, last_name: word })
})

export const JikoSecurity = z.object({
  cusip: nullableWord,
  description: nullableWord,
  quantity: z.union([z.number(), z.string().max(50)]).nullish(),
  market_value: JikoAmount.nullish(),
  maturity_date: nullableWord,
  yield_to_maturity: nullableWord
})

export const JikoPocket = z.object({
  id,
  pocket_name: name,
  status: word,
  portfolio: z
    .object({
      total_value: JikoAmount.nullish(),
      cash: JikoAmount.nullish(),
      securities: z.array(JikoSecurity).nullish()
    })
    .nullish(),
  deposit_strategy_id: nullableWord,
  reinvestment_strategy_id: nullableWord,
  customer_id: nullableWord
})
export type JikoPocket = z.output<typeof JikoPocket>

export const JikoPortals = z.object({
  portals: z.array(
    z.object({
      id,
      routing_number: z.string().regex(/^\d{9}$/),
      account_number: z.string().regex(/^\d{4,17}$/),
      status: word
    })
  )
})

export const JikoStrategies = z.object({
  items: z.array(
    z.object({
      id,
      description: name,
      yield_to_maturity: nullableWord,
      applicable_to: z.array(word).default([])
    })
  )
})

export const JikoTransaction = z.object({
  id,
  type: word,
  title: nullableWord,
  description: nullableWord,
  amount: JikoAmount,
  direction: word,
  status: word,
  time_booked: word,
  time_settled: nullableWord
})
export type JikoTransaction = z.output<typeof JikoTransaction>

/** The link is valid for ten minutes. */
export const JikoStatement = z.object({
  id,
  jiko_account_id: nullableWord,
  type: word,
  key: word,
  pdf_download_url: z.url({ protocol: /^https?$/ })
})

export const JikoTrade = z.object({
  id,
  jiko_account_id: nullableWord,
  type: word,
  side: nullableWord,
  amount: JikoAmount.nullish(),
  time_created: word
})

/** The link is valid for ten minutes. */
export const JikoDocumentLink = z.object({ pdf_download_url: z.url({ protocol: /^https?$/ }) })

export const JikoLinkToken = z.object({ link_token: word, expiration: word })

/** Account and routing numbers in the response are dropped here. */
export const JikoCounterparty = z.object({
  id,
  ach: z.object({
    status: word,
    account_type: nullableWord,
    institution_name: nullableWord,
    plaid: z.object({ mask: nullableWord, verification_status: nullableWord }).nullish()
  })
})
export type JikoCounterparty = z.output<typeof JikoCounterparty>

/**
 * `return_code` is an assumption: Jiko publishes no field for the return reason (contracts: Jiko
 * §4).
 */
export const JikoTransfer = z.object({
  id,
  counterparty_id: id,
  direction: word,
  amount: JikoAmount,
  status: word,
  payment_related_information: z
    .array(name)
    .nullish()
    .transform((lines) => lines ?? []),
  return_code: nullableWord,
  time_created: word
})
export type JikoTransfer = z.output<typeof JikoTransfer>

export const JikoUpload = z.object({ success: z.boolean(), document_id: id })

export const JikoSubscription = z.object({ id, url: z.string() })

export const JikoEvent = z.object({
  event_id: word,
  event_type: word,
  timestamp: word,
  payload: z.record(z.string(), z.unknown()).default({})
})
export type JikoEvent = z.output<typeof JikoEvent>

/** One page; an absent, null or empty `next_page` is the end (contracts: Jiko §5). */
export const paginated = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), next_page: nullableWord })

/** A response without a body. */
export const EmptyResponse = z.unknown().transform(() => null)
