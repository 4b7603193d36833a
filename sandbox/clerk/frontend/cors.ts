/**
 * Lets pages of an app call the Frontend API at its own address, as apps without a proxy do. Pages
 * of this machine and of the allowed origins may, others not.
 */
import type { Hono } from 'hono'
import { cors } from 'hono/cors'
import { isAllowedOrigin } from '@/sandbox/clerk/allowed-origins'
import { cameThroughProxy } from '@/sandbox/clerk/backend/secret-key'
import { isBackendCall } from '@/sandbox/clerk/frontend/caller'
import type { Instance } from '@/sandbox/clerk/instance'

/** The routes that browsers call. The Backend API shares the prefix and has no CORS. */
const PATHS = [
  '/v1/client',
  '/v1/client/*',
  '/v1/me',
  '/v1/me/*',
  '/v1/organizations',
  '/v1/organizations/*'
].concat(['/v1/environment', '/v1/dev_browser', '/v1/verify', '/npm/*'])
export function addCors(app: Hono, instance: Instance): void {
  const handler = cors({
    origin: (origin) => (isAllowedOrigin(instance, origin) ? origin : null),
    credentials: true,
    allowHeaders: ['authorization', 'content-type'],
    exposeHeaders: ['authorization', 'clerk-db-jwt'],
    allowMethods: ['GET', 'POST', 'PATCH', 'PUT', 'DELETE']
  })
  // Through the app's proxy, pages and answers have the same origin.
  for (const path of PATHS)
    app.use(path, (c, next) =>
      cameThroughProxy(c) || isBackendCall(c) ? next() : handler(c, next)
    )
}
