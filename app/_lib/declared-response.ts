/**
 * Compares responses with what their route declares, in development, in tests and where
 * VALIDATE_RESPONSES is set; production sends them as they are.
 */
import type { z } from 'zod'
import type { Declaration } from '@/app/_lib/declaration'
import { errorResponse } from '@/app/_lib/errors/error-response'
import { type ErrorCode, errorCodesOf } from '@/app/_lib/openapi/error-codes'
import { ErrorResponse } from '@/lib/api/responses'
import { log } from '@/lib/platform/log'

/** @throws an error that becomes a 500, so that no test misses it. */
export function requireDeclared(schema: z.ZodType, text: string, request: Request): void {
  const { error } = schema.safeParse(JSON.parse(text))
  if (!error) return
  throw mismatch(
    error.issues
      .map(
        (issue) =>
          `${issue.path.join('.')}: ${issue.code}${'keys' in issue ? ` ${issue.keys.join(' ')}` : ''}`
      )
      .join(', '),
    request
  )
}

/** An error response, or a 500 when its code is not among those of the route. */
export async function withDeclaredCode(
  declaration: Declaration,
  response: Response,
  request: Request
): Promise<Response> {
  const { data } = ErrorResponse.safeParse(await response.clone().json())
  const code = data?.error.code as ErrorCode | undefined
  if (code && errorCodesOf(request.method, declaration).includes(code)) return response
  return errorResponse(mismatch(`undeclared error ${code}`, request), request)
}

function mismatch(code: string, request: Request): Error {
  const { pathname: path } = new URL(request.url)
  log.error('response.mismatch', { path, method: request.method, code })
  return Object.assign(new Error(`The response differs from its declaration: ${code}`), {
    name: 'ResponseMismatch'
  })
}
