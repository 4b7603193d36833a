/** The log line of a page that could not be rendered. */
import type { Instrumentation } from 'next'
import { stackFrames } from '@/app/_lib/errors/stack-frames'
import { pagePattern } from '@/app/_lib/pages/page-pattern'
import { isIntegrationError } from '@/lib/platform/errors'
import { log } from '@/lib/platform/log'
import { failRequest } from '@/lib/platform/request-context'

/** Next calls it with each error that no page handles. `reference` is what the error page shows. */
export const logPageFailure: Instrumentation.onRequestError = (thrown, request, { routePath }) => {
  const { digest, name = 'unknown' } = thrown as { digest?: string; name?: string }
  const { method } = request
  const path = pagePattern(request.path.split('?')[0] ?? '') ?? routePath
  const about = { path, method, ...(digest ? { reference: digest } : {}) }
  if (isIntegrationError(thrown) && thrown.retryable) {
    const { service, code, requestId } = thrown
    failRequest(code)
    log.warn('page.unavailable', { ...about, service, code, vendorRequestId: requestId })
    return
  }
  const code = isIntegrationError(thrown) ? thrown.code : null
  failRequest(code ?? name)
  log.error('page.failed', { ...about, fault: name, code, stack: stackFrames(thrown) })
}
