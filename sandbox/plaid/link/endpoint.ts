/**
 * Adapter for every call of a Link page: JSON checked, a refusal returned as `{error}` in Plaid's
 * four fields. Refusals use status 200, so that a wrong password is no failed request in the
 * browser's console.
 */
import type { Hono } from 'hono'
import { z } from 'zod'
import { errorBody, PlaidApiError, type PlaidErrorBody } from '@/sandbox/plaid/errors'
import type { LinkBackend, LinkToken } from '@/sandbox/plaid/link/types'

/** A refusal that is not in the API's error list, because it exists in the browser only. */
export class LinkError extends Error {
  readonly body: PlaidErrorBody
  constructor(body: PlaidErrorBody) {
    super(body.error_code)
    this.body = body
  }
}

/** Adds `POST path`, called by Link's own pages on this origin. */
export function addLinkEndpoint<Schema extends z.ZodType>(
  app: Hono,
  path: string,
  schema: Schema,
  handler: (body: z.output<Schema>) => object
): void {
  app.post(path, async (c) => {
    // A JSON body triggers a CORS preflight, which is never granted: only our own pages can call
    // this.
    if (!c.req.header('content-type')?.startsWith('application/json'))
      return c.json({ error: errorBody('INVALID_HEADERS') }, 400)
    const parsed = schema.safeParse(await c.req.json().catch(() => undefined))
    if (!parsed.success)
      return c.json({ error: errorBody('INVALID_BODY', z.prettifyError(parsed.error)) }, 400)
    try {
      return c.json(handler(parsed.data))
    } catch (error) {
      if (error instanceof PlaidApiError) return c.json({ error: error.body() })
      if (error instanceof LinkError) return c.json({ error: error.body })
      console.error(
        `[plaid emulator] ${path} failed:`,
        error instanceof Error ? error.stack : error
      )
      return c.json({ error: errorBody('INTERNAL_SERVER_ERROR') }, 500)
    }
  })
}

/** The live Link token. @throws PlaidApiError INVALID_LINK_TOKEN */
export function requireLinkToken(state: LinkBackend, token: string): LinkToken {
  const found = state.findLinkToken(token)
  if (!found) throw new PlaidApiError('INVALID_LINK_TOKEN')
  return found
}
