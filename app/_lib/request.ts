/** Parses request bodies and query strings, and checks the origin of changes. */
import { z } from 'zod'
import { validate } from '@/lib/api/validation'
import { env } from '@/lib/platform/env'
import { RequestError } from '@/lib/platform/errors'
import { AuthService } from '@/lib/services'

const MAX_BODY = 1_000_000

/**
 * CSRF check: a change must come from our own origin, with a content type that a plain form cannot
 * send.
 */
export function requireOwnPage(request: Request, accepts: string): void {
  if (!AuthService.ownOrigins().includes(request.headers.get('origin') ?? ''))
    throw new RequestError(
      'forbidden',
      `This change did not come from our own pages. Open ${env().appUrl} and try again there.`,
      { rule: 'own-origin' }
    )
  const type = request.headers.get('content-type')?.split(';')[0]?.trim()
  if (type !== accepts)
    throw new RequestError(
      'unsupported_media_type',
      accepts === 'application/json' ? 'Send JSON.' : `Send ${accepts}.`,
      { rule: 'content-type' }
    )
}

/** The raw body, at most 1 MB. */
export async function readBytes(request: Request): Promise<Uint8Array> {
  const tooLarge = () => new RequestError('too_large', 'That is more than we can accept at once.')
  if (Number(request.headers.get('content-length') ?? 0) > MAX_BODY) throw tooLarge()
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of untilInterrupted(request.body)) {
    size += chunk.length
    if (size > MAX_BODY) throw tooLarge()
    chunks.push(chunk)
  }
  return new Uint8Array(Buffer.concat(chunks))
}

/** @throws RequestError invalid when the client closes the connection, which is no fault of ours. */
async function* untilInterrupted(body: Request['body']): AsyncGenerator<Uint8Array> {
  try {
    yield* body ?? []
  } catch {
    throw new RequestError(
      'invalid',
      'The request was interrupted. Check your connection and try again.'
    )
  }
}

/** Parses the JSON body. @throws RequestError invalid with one message per field. */
export async function readJson<S extends z.ZodType>(
  request: Request,
  schema: S
): Promise<z.output<S>> {
  const bytes = await readBytes(request)
  let json: unknown
  try {
    json = JSON.parse(new TextDecoder().decode(bytes))
  } catch {
    throw new RequestError('invalid', 'The request could not be read.')
  }
  return requireValid(schema, json)
}

/**
 * Decodes the path parameters. @throws RequestError invalid when one cannot be stored, so that no
 * row can have it.
 */
export function readParams(schema: z.ZodType | undefined, params: unknown): unknown {
  const parsed = (schema ?? z.object({})).safeParse(params ?? {})
  if (!parsed.success || findUnstorable(parsed.data))
    throw new RequestError('invalid', 'There is nothing at this address.')
  return parsed.data
}

/** Parses the query string. @throws RequestError invalid. */
export const readQuery = <S extends z.ZodType>(request: Request, schema: S): z.output<S> =>
  requireValid(schema, Object.fromEntries(new URL(request.url).searchParams))

function requireValid<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  const parsed = validate(schema, value)
  const fields: Record<string, string> = {}
  if (parsed.success) {
    const path = findUnstorable(parsed.data)
    if (!path) return parsed.data
    fields[path.join('.') || 'form'] = 'This contains a character that cannot be stored'
    throw new RequestError('invalid', 'Please check the highlighted fields.', { fields })
  }
  for (const { path, message } of parsed.error.issues)
    fields[path.filter((part) => part !== 'answer').join('.') || 'form'] ??= message
  throw new RequestError('invalid', 'Please check the highlighted fields.', { fields })
}

/**
 * NUL and lone surrogates: Postgres cannot store them. Schemas that clean user text remove them
 * first.
 */
const UNSTORABLE = /[\0\p{Surrogate}]/u

/** Path of the first string that cannot be stored, or null. */
function findUnstorable(value: unknown): string[] | null {
  if (typeof value === 'string') return UNSTORABLE.test(value) ? [] : null
  if (typeof value !== 'object' || value === null) return null
  for (const [key, part] of Object.entries(value)) {
    const found = UNSTORABLE.test(key) ? [] : findUnstorable(part)
    if (found) return [key, ...found]
  }
  return null
}
