import 'server-only'
import { IntegrationError } from '@/lib/platform/errors'
import { ATTEMPT_MS, type CallContext, call, DEADLINE_MS } from '@/lib/services/jiko/client'
import { readBytes } from '@/lib/services/jiko/response'

/**
 * The file at an address that Jiko gave, which needs no login. @throws IntegrationError UNREACHABLE,
 * TIMEOUT, BAD_RESPONSE if it is missing or too large.
 */
export const downloadFile = (url: string, { userId }: CallContext = {}): Promise<Uint8Array> =>
  call(
    {
      method: 'GET /files',
      deadlineMs: DEADLINE_MS,
      retry: true,
      context: userId ? { userId } : {}
    },
    async (signal) => ({ value: await fetchFile(url, signal) })
  )

async function fetchFile(url: string, signal: AbortSignal): Promise<Uint8Array> {
  const attempt = AbortSignal.any([signal, AbortSignal.timeout(ATTEMPT_MS)])
  const { status, file } = await readFile(url, attempt)
  if (!file)
    throw new IntegrationError({ service: 'jiko', code: 'BAD_RESPONSE', retryable: status >= 500 })
  return file
}

async function readFile(url: string, signal: AbortSignal) {
  try {
    const response = await fetch(url, { cache: 'no-store', signal })
    return { status: response.status, file: response.ok ? await readBytes(response) : null }
  } catch {
    const code = signal.aborted ? 'TIMEOUT' : 'UNREACHABLE'
    throw new IntegrationError({ service: 'jiko', code, retryable: true, outage: true })
  }
}
