/** Injected faults: the next matching requests get an error response. */
import type { Context, MiddlewareHandler, Next } from 'hono'
import { z } from 'zod'

export const FaultSchema = z.strictObject({
  /** Path prefix, such as `/transactions/sync`; `*` for every route. */
  path: z.string().default('*'),
  method: z.string().optional(),
  kind: z.enum([
    'latency',
    'timeout',
    'timeout_after_commit',
    'reset',
    '400',
    '401',
    '404',
    '409',
    '422',
    '429',
    '500',
    '503',
    'html',
    'truncated'
  ]),
  /** Vendor error code of the response, for vendors that have codes. */
  code: z.string().optional(),
  /** Number of requests to hit; omitted means until cleared. */
  times: z.number().int().positive().optional(),
  /** Milliseconds of latency, or of a timeout. */
  delay: z.number().int().nonnegative().default(60_000)
})
export type Fault = z.infer<typeof FaultSchema>

/** Builds the vendor's error response for a status and an optional code. */
export type VendorError = (context: Context, status: number, code: string | undefined) => Response

export type Faults = {
  add(fault: Fault): void
  clear(): void
  list(): Fault[]
  middleware: MiddlewareHandler
}

export function createFaults(vendorError: VendorError): Faults {
  let active: Fault[] = []
  const take = (method: string, path: string): Fault | undefined => {
    const fault = active.find(
      (f) => (f.path === '*' || path.startsWith(f.path)) && (!f.method || f.method === method)
    )
    if (fault?.times !== undefined && --fault.times === 0)
      active = active.filter((f) => f !== fault)
    return fault
  }
  return {
    add: (fault) => {
      active.push({ ...fault })
    },
    clear: () => {
      active = []
    },
    list: () => active,
    middleware: async (c, next) => {
      const fault = take(c.req.method, c.req.path)
      if (!fault) return next()
      const injectFault = CONNECTION_FAULTS[fault.kind]
      if (injectFault) return injectFault(c, next, fault.delay)
      const response = vendorError(c, Number(fault.kind), fault.code)
      if (fault.kind === '429') response.headers.set('retry-after', '1')
      return response
    }
  }
}

type ConnectionFault = (c: Context, next: Next, delay: number) => ReturnType<MiddlewareHandler>

/** The faults that are not an error response of the vendor. */
const CONNECTION_FAULTS: Partial<Record<Fault['kind'], ConnectionFault>> = {
  latency: async (_c, next, delay) => {
    await sleep(delay)
    return next()
  },
  timeout: async (c, _next, delay) => {
    await sleep(delay)
    return dropConnection(c)
  },
  timeout_after_commit: async (c, next, delay) => {
    await next()
    await sleep(delay)
    c.res = undefined
    c.res = dropConnection(c)
  },
  reset: async (c) => dropConnection(c),
  html: async (c) => c.html('<html><body><h1>502 Bad Gateway</h1></body></html>', 502),
  truncated: async (c, next) => {
    await next()
    const body = await c.res.text()
    c.res = new Response(body.slice(0, Math.floor(body.length / 2)), {
      status: 200,
      headers: { 'content-type': 'application/json' }
    })
  }
}

const sleep = (milliseconds: number) =>
  new Promise<void>((done) => setTimeout(done, milliseconds).unref())

/** Drops the connection without a response. */
function dropConnection(c: Context): Response {
  const incoming = (c.env as { incoming?: { destroy(): void } } | undefined)?.incoming
  incoming?.destroy()
  return new Response(null, { status: 502 })
}
