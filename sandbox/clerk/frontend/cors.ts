/**
 * Lets pages of an app call the Frontend API at its own address, as apps without a proxy do. Pages
 * of this machine and of the allowed origins may, others not.
 */
import type { Hono } from 'hono'
import { cors } from 'hono/cors'
import { cameThroughProxy } from '@/sandbox/clerk/backend/secret-key'
import type { Instance } from '@/sandbox/clerk/instance'

/** The routes that browsers call. The Backend API shares the prefix and has no CORS. */
const PATHS = ['/v1/client', '/v1/client/*', '/v1/me', '/v1/me/*'].concat([
  '/v1/environment',
  '/v1/dev_browser',
  '/v1/verify',
  '/npm/*'
])
const LOOPBACK = /^https?:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/

const mayCall = (instance: Instance, origin: string): boolean =>
  LOOPBACK.test(origin) || instance.options.allowedOrigins.includes(origin)

export function addCors(app: Hono, instance: Instance): void {
  const handler = cors({
    origin: (origin) => (mayCall(instance, origin) ? origin : null),
    credentials: true,
    allowHeaders: ['authorization', 'content-type'],
    exposeHeaders: ['authorization', 'clerk-db-jwt'],
    allowMethods: ['GET', 'POST', 'PATCH', 'PUT', 'DELETE']
  })
  // Through the app's proxy, pages and answers have the same origin.
  for (const path of PATHS)
    app.use(path, (c, next) => (cameThroughProxy(c) ? next() : handler(c, next)))
}
