import { z } from 'zod'
import type { LinkEvent } from '../domain/bank-connection'

const id = z.string().min(1).max(200)

/** The body of POST /api/v1/bank/set_access_token. Everything but the token is a hint that may only refuse early. */
export const SetAccessTokenInput = z
  .object({
    public_token: id,
    link_session_id: id.nullish(),
    institution_id: id.nullish(),
    accounts: z
      .array(z.object({ id, name: z.string().max(500), mask: z.string().max(20).nullish(), subtype: z.string().max(100).nullish() }))
      .max(200)
      .default([])
  })
  .transform(({ public_token, link_session_id, institution_id, accounts }) => ({
    publicToken: public_token,
    linkSessionId: link_session_id ?? null,
    institutionId: institution_id ?? null,
    accounts: accounts.map(({ name, mask, subtype }) => ({ name, mask: mask ?? null, subtype: subtype ?? null }))
  }))
export type SetAccessTokenInput = z.output<typeof SetAccessTokenInput>

/** The body of POST /api/v1/link-events: what Plaid Link told the browser, without tokens. */
export const LinkEventInput = z
  .object({
    type: z.enum(['success', 'exit']),
    link_session_id: id.nullish(),
    request_id: id.nullish(),
    status: z.string().max(100).nullish(),
    error_type: z.string().max(100).nullish(),
    error_code: z.string().max(100).nullish(),
    institution_id: id.nullish()
  })
  .transform(
    (event): LinkEvent => ({
      type: event.type,
      linkSessionId: event.link_session_id ?? null,
      requestId: event.request_id ?? null,
      status: event.status ?? null,
      errorType: event.error_type ?? null,
      errorCode: event.error_code ?? null,
      institutionId: event.institution_id ?? null
    })
  )
export type LinkEventInput = z.output<typeof LinkEventInput>

/** The query of GET /api/v1/transactions. */
export const TransactionsQuery = z.object({
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  account: z.uuid().optional()
})
export type TransactionsQuery = z.output<typeof TransactionsQuery>
