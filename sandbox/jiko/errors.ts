/** The vendor's two refusal formats: a list of fields, or a problem with one sentence. */
import { randomUUID } from 'node:crypto'
import type { Context } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { z } from 'zod'
import type { Switches } from '@/sandbox/jiko/undocumented-switches'

export type FieldProblem = { loc: (string | number)[]; msg: string; type: string }

/** Thrown by any route; `errorResponse` makes the response. */
export class JikoApiError extends Error {
  readonly status: number
  readonly detail: string | FieldProblem[]
  readonly shape: Switches['validationShape'] | undefined
  constructor(
    status: number,
    detail: string | FieldProblem[],
    shape?: Switches['validationShape']
  ) {
    super(`refused with ${status}`)
    this.status = status
    this.detail = detail
    this.shape = shape
  }
}

export const notFound = () => new JikoApiError(404, 'Not Found')
export const conflict = (detail: string) => new JikoApiError(409, detail)
export const precondition = (detail: string) => new JikoApiError(412, detail)
export const invalid = (loc: (string | number)[], msg: string, type = 'value_error') =>
  new JikoApiError(422, [{ loc, msg, type }])

export function errorResponse(
  c: Context,
  refusal: JikoApiError,
  usual: Switches['validationShape']
): Response {
  const status = refusal.status as ContentfulStatusCode
  if (typeof refusal.detail === 'string') return c.json({ detail: refusal.detail }, status)
  if ((refusal.shape ?? usual) === 'list') return c.json({ detail: refusal.detail }, status)
  const sentence = refusal.detail.map(({ loc, msg }) => `${loc.join('.')}: ${msg}`).join('; ')
  return c.json(
    {
      type: 'validation_error',
      instance: new URL(c.req.url).pathname,
      detail: sentence,
      trace_id: randomUUID()
    },
    status
  )
}

const ERROR_TYPES: Record<string, string> = {
  unrecognized_keys: 'extra_forbidden',
  invalid_value: 'enum',
  invalid_union: 'union_tag_invalid',
  too_big: 'too_long',
  too_small: 'too_short',
  invalid_format: 'string_pattern_mismatch'
}

/** Validates a JSON body; the refusal lists invalid fields and repeats what was sent. */
export async function readBody<T>(
  c: Context,
  schema: z.ZodType<T>,
  shape?: Switches['validationShape']
): Promise<T> {
  const text = await c.req.text()
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw new JikoApiError(
      422,
      [{ loc: ['body', 0], msg: 'JSON decode error', type: 'json_invalid' }],
      shape
    )
  }
  const parsed = schema.safeParse(value, { reportInput: true })
  if (parsed.success) return parsed.data
  throw new JikoApiError(422, parsed.error.issues.flatMap(toProblems), shape)
}

function toProblems(issue: z.core.$ZodIssue): FieldProblem[] {
  const loc = [
    'body',
    ...issue.path.map((part) => (typeof part === 'symbol' ? String(part) : part))
  ]
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      loc: [...loc, key],
      msg: 'Extra inputs are not permitted',
      type: 'extra_forbidden'
    }))
  }
  if (issue.input === undefined) return [{ loc, msg: 'Field required', type: 'missing' }]
  return [
    {
      loc,
      msg: `${issue.message}, got ${JSON.stringify(issue.input)}`,
      type: ERROR_TYPES[issue.code] ?? 'value_error'
    }
  ]
}

const DETAIL_BY_STATUS: Record<number, string> = {
  400: 'Bad Request',
  401: 'Could not validate credentials',
  404: 'Not Found',
  409: 'Conflict',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  503: 'Service Unavailable'
}

/** The error body of an injected fault. */
export function faultResponse(
  c: Context,
  status: number,
  code: string | undefined,
  usual: Switches['validationShape']
): Response {
  const refusal =
    status === 422
      ? invalid(['body', code ?? 'fault'], 'Fault on demand')
      : new JikoApiError(status, DETAIL_BY_STATUS[status] ?? 'Error')
  return errorResponse(c, refusal, usual)
}
