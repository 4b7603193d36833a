import 'server-only'
import { createClerkClient } from '@clerk/backend'
import { isClerkAPIResponseError } from '@clerk/backend/errors'
import { env } from '@/lib/platform/env'
import { IntegrationError } from '@/lib/platform/errors'
import { singleton } from '@/lib/platform/globals'
import { createVendorCaller } from '@/lib/platform/vendor-call'
import { recordVendorEvent } from '@/lib/services/data/vendor-events'

/** Clerk's backend SDK. It caches keys, so verifying a token needs no request. */
export const clerk = () =>
  singleton('clerk', () => {
    const { publishableKey, secretKey, apiUrl } = env().clerk
    return createClerkClient({
      publishableKey,
      secretKey,
      telemetry: { disabled: true },
      ...(apiUrl ? { apiUrl } : {})
    })
  })

const call = createVendorCaller('clerk', recordVendorEvent)

/** One call of Clerk's Backend API. @throws IntegrationError with Clerk's code if it has one. */
export function callClerk<T>(
  method: string,
  userId: string | undefined,
  run: () => Promise<T>
): Promise<T> {
  return call(
    { method, deadlineMs: 10_000, retry: true, context: userId ? { userId } : {} },
    async () => {
      try {
        return { value: await run() }
      } catch (thrown) {
        throw toIntegrationError(thrown)
      }
    }
  )
}

function toIntegrationError(thrown: unknown): IntegrationError {
  if (!isClerkAPIResponseError(thrown))
    return new IntegrationError({
      service: 'clerk',
      code: 'UNREACHABLE',
      retryable: true,
      outage: true
    })
  const down = thrown.status >= 500
  return new IntegrationError({
    service: 'clerk',
    code: thrown.errors[0]?.code ?? 'UNKNOWN',
    retryable: down || thrown.status === 429,
    outage: down,
    requestId: thrown.clerkTraceId ?? null,
    retryAfterMs: thrown.retryAfter ? thrown.retryAfter * 1_000 : null
  })
}
