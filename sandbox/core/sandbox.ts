/**
 * The parts that every emulator shares: a loopback HTTP server, durable state, a movable clock,
 * faults, webhook deliveries, and the control plane under /_sandbox. Routes, envelopes, auth and
 * signing are in each vendor's folder.
 */
import { type Context, Hono } from 'hono'
import { type Clock, createClock } from '@/sandbox/core/clock'
import {
  createDeliveries,
  type Deliveries,
  type Delivery,
  DeliveryModeSchema
} from '@/sandbox/core/deliveries'
import { createFaults, FaultSchema, type Faults, type VendorError } from '@/sandbox/core/faults'
import { createIds, type Ids } from '@/sandbox/core/ids'
import { type LoopbackServer, serveOnLoopback } from '@/sandbox/core/loopback-server'
import { openStore, type Store } from '@/sandbox/core/store'

export type EmulatorOptions = {
  /** 0 picks a free port. */
  port: number
  /** Folder of the stored state; null keeps it in memory. */
  dataDir: string | null
  seed?: string
}

export type Emulator = {
  name: string
  app: Hono
  control: Hono
  store: Store
  clock: Clock
  ids: Ids
  faults: Faults
  deliveries: Deliveries
}

export type RunningEmulator = Emulator & LoopbackServer

export type VendorConfig = {
  name: string
  vendorError: VendorError
  /** Headers that sign one outgoing webhook body. */
  sign: (
    body: string,
    delivery: Delivery
  ) => Record<string, string> | Promise<Record<string, string>>
  /** The emulator's data for tests: counts and objects, no personal secrets. */
  ledger: () => unknown
  /** Refuses the control plane for this request (Clerk: through the app's proxy). */
  refuseControl?: (context: Context) => boolean
  /** Runs after the store was emptied. */
  onReset?: () => void
}

/**
 * Builds an emulator. The vendor adds its routes to `app` and its controls to `control`, then calls
 * `listen`.
 */
export function createEmulator(options: EmulatorOptions, parts: VendorConfig): Emulator {
  const store = openStore(options.dataDir)
  const clock = createClock(store)
  const ids = createIds(store, options.seed ?? 'pangea')
  const faults = createFaults(parts.vendorError)
  const deliveries = createDeliveries(store, ids, parts.sign)
  const app = new Hono()
  const control = new Hono()

  const emulator = { name: parts.name, app, control, store, clock, ids, faults, deliveries }

  control.get('/health', (c) => c.json({ ok: true, name: parts.name, pid: process.pid }))
  control.post('/reset', (c) => {
    store.reset()
    faults.clear()
    deliveries.mode({ drop: false, duplicate: false, delay: 0 })
    parts.onReset?.()
    return c.json({ ok: true })
  })
  control.get('/ledger', (c) => c.json(parts.ledger() as never))
  control.get('/clock', (c) => c.json({ now: clock.now().toISOString() }))
  control.post('/clock', async (c) => {
    const { advance } = (await c.req.json()) as { advance: number }
    clock.advance(advance)
    return c.json({ now: clock.now().toISOString() })
  })
  addFaultControls(emulator)
  addDeliveryControls(emulator)

  app.use('/_sandbox/*', async (c, next) =>
    isFromBrowser(c) || parts.refuseControl?.(c) ? c.notFound() : next()
  )
  app.mount('/_sandbox', control.fetch)
  app.use('*', faults.middleware)
  return emulator
}

function addFaultControls({ control, faults }: Emulator): void {
  control.get('/faults', (c) => c.json(faults.list()))
  control.post('/faults', async (c) => {
    const parsed = FaultSchema.safeParse(await c.req.json())
    if (!parsed.success) return c.json({ error: parsed.error.issues }, 422)
    faults.add(parsed.data)
    return c.json({ ok: true })
  })
  control.delete('/faults', (c) => {
    faults.clear()
    return c.json({ ok: true })
  })
}

function addDeliveryControls({ control, deliveries }: Emulator): void {
  control.get('/deliveries', (c) => c.json(deliveries.list()))
  control.post('/deliveries/mode', async (c) => {
    const parsed = DeliveryModeSchema.safeParse(await c.req.json())
    return parsed.success
      ? c.json(deliveries.mode(parsed.data))
      : c.json({ error: parsed.error.issues }, 422)
  })
  control.post('/deliveries/:id/redeliver', async (c) => {
    const delivery = await deliveries.redeliver(c.req.param('id'))
    return delivery ? c.json(delivery) : c.json({ error: 'no such delivery' }, 404)
  })
}

/**
 * Only the console's server and tests may call controls; a web page elsewhere, or a name rebound to
 * loopback, may not.
 */
function isFromBrowser(c: Context): boolean {
  const host = (c.req.header('host') ?? '').replace(/:\d+$/, '')
  return c.req.header('origin') !== undefined || !['127.0.0.1', 'localhost', '[::1]'].includes(host)
}

/** Starts listening on loopback. Call after every route is added. */
export async function listen(sandbox: Emulator, port: number): Promise<RunningEmulator> {
  const server = await serveOnLoopback(sandbox.app, port)
  return {
    ...sandbox,
    ...server,
    close: () => {
      sandbox.deliveries.close()
      return server.close()
    }
  }
}
