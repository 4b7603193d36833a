/**
 * Emulator of one Clerk development instance: Frontend API, Backend API and Svix-signed webhooks on
 * one loopback port, so that the unmodified SDKs and prebuilt components work without a Clerk
 * account. Contract: docs/contracts/clerk.md.
 */

import { addBackendApi } from '@/sandbox/clerk/backend'
import { cameThroughProxy } from '@/sandbox/clerk/backend/secret-key'
import { addConsole, ledgerOf } from '@/sandbox/clerk/console'
import { errorResponse, handleError, notFound, vendorError } from '@/sandbox/clerk/errors'
import { addFrontendApi } from '@/sandbox/clerk/frontend'
import { addCors } from '@/sandbox/clerk/frontend/cors'
import { type ClerkOptions, createInstance, type Instance } from '@/sandbox/clerk/instance'
import { addPortal } from '@/sandbox/clerk/portal'
import { addStatic } from '@/sandbox/clerk/static'
import { createNotify, svixSigner } from '@/sandbox/clerk/webhooks'
import { createEmulator, listen, type RunningEmulator } from '@/sandbox/core/sandbox'

export type { ClerkOptions } from '@/sandbox/clerk/instance'

/**
 * Starts the emulator. Throws for a key that is not `pk_test_` with a Clerk development host, and
 * for a port in use.
 */
export async function startClerk(options: ClerkOptions): Promise<RunningEmulator> {
  const sandbox = createEmulator(options, {
    name: 'clerk',
    vendorError,
    sign: options.webhook ? svixSigner(options.webhook.secret) : () => ({}),
    ledger: () => ledgerOf(instance),
    // Requests through the app's proxy are public; a foreign Host header means a rebound DNS name.
    refuseControl: (c) =>
      cameThroughProxy(c) || !/^(localhost|127\.0\.0\.1)(:\d+)?$/.test(c.req.header('host') ?? ''),
    onReset: () => instance.signer.restore()
  })
  const notify = createNotify(
    () => sandbox.deliveries,
    () => instance.id,
    options.webhook
  )
  const instance: Instance = createInstance(sandbox, options, notify)
  addConsole(sandbox.control, instance)
  addCors(sandbox.app, instance)
  addStatic(sandbox.app)
  addPortal(sandbox.app, instance)
  addFrontendApi(sandbox.app, instance)
  addBackendApi(sandbox.app, instance)
  sandbox.app.onError(handleError)
  sandbox.app.notFound((c) => {
    // Logged, because an unknown path means that the SDK needs something this emulator lacks.
    if (!/^\/(_sandbox|npm)\//.test(c.req.path))
      console.warn(`[clerk] no such route: ${c.req.method} ${c.req.path}`)
    return errorResponse(c, notFound('route'))
  })
  const running = await listen(sandbox, options.port)
  instance.url = running.url
  return running
}
