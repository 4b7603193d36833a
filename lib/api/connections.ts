import { z } from 'zod'
import { LINK_KINDS, type LinkEvent } from '@/lib/domain/connections/connection'

const id = z.string().min(1).max(200)

/** The query of POST /api/v1/bank/connect: the kind of accounts to link. */
export const ConnectQuery = z.object({ kind: z.enum(LINK_KINDS).default('everyday') })

/**
 * The body of POST /api/v1/bank/set_access_token. Every field but the token is an untrusted hint.
 */
export const SetAccessTokenInput = z
  .object({
    public_token: id,
    link_session_id: id.nullish(),
    institution_id: id.nullish(),
    accounts: z
      .array(
        z.object({
          id,
          name: z.string().max(500),
          mask: z.string().max(20).nullish(),
          subtype: z.string().max(100).nullish()
        })
      )
      .max(200)
      .default([]),
    visit: z.uuid().nullish()
  })
  .transform(({ public_token, link_session_id, institution_id, accounts, visit }) => ({
    publicToken: public_token,
    linkSessionId: link_session_id ?? null,
    institutionId: institution_id ?? null,
    accounts: accounts.map(({ name, mask, subtype }) => ({
      name,
      mask: mask ?? null,
      subtype: subtype ?? null
    })),
    visit: visit ?? null
  }))
export type SetAccessTokenInput = z.output<typeof SetAccessTokenInput>

/** The body of POST /api/v1/link-events: how a Link session ended, without tokens. */
export const LinkEventInput = z
  .object({
    type: z.enum(['success', 'exit']),
    link_session_id: id.nullish(),
    request_id: id.nullish(),
    status: z.string().max(100).nullish(),
    error_type: z.string().max(100).nullish(),
    error_code: z.string().max(100).nullish(),
    institution_id: id.nullish(),
    connection_id: z.uuid().nullish(),
    visit: z.uuid().nullish()
  })
  .transform(
    (event): LinkEvent => ({
      type: event.type,
      linkSessionId: event.link_session_id ?? null,
      requestId: event.request_id ?? null,
      status: event.status ?? null,
      errorType: event.error_type ?? null,
      errorCode: event.error_code ?? null,
      institutionId: event.institution_id ?? null,
      connectionId: event.connection_id ?? null,
      visit: event.visit ?? null
    })
  )
export type LinkEventInput = z.output<typeof LinkEventInput>

/**
 * The body of POST /api/v1/bank/resume and POST /api/v1/connections/:id/relinked: our id of the
 * Link session, if the browser knows it.
 */
export const LinkSessionInput = z
  .object({ visit: z.uuid().nullish() })
  .transform(({ visit }) => ({ visit: visit ?? null }))
export type LinkSessionInput = z.output<typeof LinkSessionInput>

/** The body of DELETE /api/v1/connections/:id. */
export const DisconnectInput = z.object({
  history: z.enum(['keep', 'erase'], { error: 'Choose whether to keep or to erase its history.' })
})
export type DisconnectInput = z.output<typeof DisconnectInput>

const word = z
  .string()
  .regex(/^[A-Z_]{1,100}$/, 'Use a Plaid webhook code, such as NEW_ACCOUNTS_AVAILABLE.')

/** The body of POST /api/v1/connections/:id/sandbox-actions. */
export const SandboxActionInput = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('reset_login') }),
  z.object({
    kind: z.literal('fire_webhook'),
    code: word,
    type: word.nullish().transform((type) => type ?? null)
  }),
  z.object({ kind: z.literal('create_transactions') })
])
export type SandboxActionInput = z.output<typeof SandboxActionInput>
