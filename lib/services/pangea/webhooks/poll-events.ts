import 'server-only'
import { now, uptime } from '@/lib/platform/clock'
import { sha256 } from '@/lib/platform/crypto'
import { singleton } from '@/lib/platform/globals'
import { log } from '@/lib/platform/log'
import * as DataService from '@/lib/services/data'
import * as BankingService from '@/lib/services/jiko'

const EVERY_MS = 60_000
/** How far back a new process reads. Stored events are recognised, so overlaps cost reads only. */
const INITIAL_LOOKBACK_MS = 48 * 3_600_000
/** Tolerance for Jiko's clock. */
const OVERLAP_MS = 5 * 60_000
const MAX_PAGES_PER_POLL = 10

type PollPosition = { dueAt: number; after: Date | null; cursor: string | null; newest: number }
const position = () =>
  singleton('jiko.events', (): PollPosition => ({ dueAt: 0, after: null, cursor: null, newest: 0 }))

/**
 * Reads Jiko's events since the newest known one and stores those that no webhook delivered
 * (contracts: Jiko §6). Jiko does not document the order of its list, so the newest instant counts
 * only after a complete read.
 * @returns how many events were missing. @throws IntegrationError.
 */
export async function pollEvents(): Promise<number> {
  const state = position()
  if (!state.cursor && uptime() < state.dueAt) return 0
  state.dueAt = uptime() + EVERY_MS
  state.after ??= new Date(now().getTime() - INITIAL_LOOKBACK_MS)
  let missing = 0
  for (let page = 0; page < MAX_PAGES_PER_POLL; page++) {
    const { items, next } = await BankingService.listEvents(state.after, state.cursor)
    for (const event of items) {
      missing += (await storeEvent(event)) ? 1 : 0
      state.newest = Math.max(state.newest, Date.parse(event.at) || 0)
    }
    state.cursor = next
    if (!next) break
  }
  if (!state.cursor && state.newest > 0)
    state.after = new Date(Math.max(state.after.getTime(), state.newest - OVERLAP_MS))
  if (missing > 0) log.warn('events.missed_webhooks', { service: 'jiko', count: missing })
  return missing
}

async function storeEvent({ eventId, webhook: read }: BankingService.BankEvent): Promise<boolean> {
  const { stored } = await DataService.saveDelivery({
    vendor: 'jiko',
    dedupeKey: eventId,
    webhook: read,
    bodyHash: sha256(eventId)
  })
  return stored
}
