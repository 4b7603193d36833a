import { randomUUID } from 'node:crypto'
import { type Declaration, isSchema } from '@/app/_lib/declaration'
import type { UserActor } from '@/lib/domain/users/actor'
import { RequestError } from '@/lib/platform/errors'
import { PangeaService } from '@/lib/services'

/** The request header, from the IETF's draft. */
export const IDEMPOTENCY_KEY = 'idempotency-key'
/** Printable ASCII; 255 characters hold any generated id. */
const KEY = /^[\x21-\x7e]{1,255}$/

/**
 * Whether a change may carry a key: a user's POST with JSON. An upload replaces the earlier one, so
 * it needs none.
 */
export const acceptsIdempotencyKey = (
  method: string,
  { auth, body }: Pick<Declaration, 'auth' | 'body'>
): boolean => method === 'POST' && auth === 'user' && (!body || isSchema(body))

type Call = {
  declaration: Declaration
  request: Request
  actor: UserActor | null
  input: { params: unknown; query: unknown; body: unknown }
}

/** Runs the handler, once per key where the request has one. @throws RequestError invalid. */
export async function runKeyed<T>(
  { declaration, request, actor, input }: Call,
  run: (creationId: string) => Promise<T>
): Promise<{ output: T; isRepeated: boolean }> {
  const key = request.headers.get(IDEMPOTENCY_KEY)
  if (key === null || !actor || !acceptsIdempotencyKey(request.method, declaration))
    return { output: await run(randomUUID()), isRepeated: false }
  if (!KEY.test(key))
    throw new RequestError(
      'invalid',
      'Send an Idempotency-Key of 1 to 255 printable characters without spaces.',
      { rule: 'idempotency-key' }
    )
  const operation = `${request.method} ${new URL(request.url).pathname}`
  const { output, isRepeated } = await PangeaService.runOnce(
    actor,
    { key, request: [operation, input], stores: declaration.replay !== 'again' },
    run
  )
  return { output: output as T, isRepeated }
}
