import 'server-only'
import type { UserActor } from '@/lib/domain/users/actor'
import { isIntegrationError } from '@/lib/platform/errors'
import { singleton } from '@/lib/platform/globals'
import { log } from '@/lib/platform/log'
import { withSpan } from '@/lib/platform/telemetry/tracing'
import * as DataService from '@/lib/services/data'

export type ChangeListener = {
  /**
   * The user's data changed. Also called once at the start, so that nothing between page load and
   * stream is missed.
   */
  changed(version: number): void
  /** The process is stopping. */
  end(): void
}

const EVERY_MS = 500

type Watcher = { userId: string; lastVersion: number | null; listener: ChangeListener }
const state = () =>
  singleton('watch', () => ({
    watches: new Set<Watcher>(),
    stopping: false,
    timer: null as NodeJS.Timeout | null,
    polling: false
  }))

/**
 * Calls a listener after every commit that changed the user's data. One poller serves the process,
 * only while there are listeners.
 */
export function watchChanges(actor: UserActor, listener: ChangeListener): () => void {
  const { watches, stopping } = state()
  if (stopping) {
    queueMicrotask(() => listener.end())
    return () => {}
  }
  const watch: Watcher = { userId: actor.userId, lastVersion: null, listener }
  watches.add(watch)
  const shared = state()
  shared.timer ??= setInterval(() => void poll(), EVERY_MS)
  void poll()
  return () => {
    watches.delete(watch)
    if (watches.size > 0 || !shared.timer) return
    clearInterval(shared.timer)
    shared.timer = null
  }
}

/** The user's open streams in this process. */
export const countStreams = (userId: string): number =>
  [...state().watches].filter((watch) => watch.userId === userId).length

/** Open streams in this process. */
export const countAllStreams = (): number => state().watches.size

/** Ends every stream, also new ones, so that shutdown does not wait for browsers. */
export function closeStreams(): void {
  state().stopping = true
  for (const { listener } of [...state().watches]) listener.end()
}

async function poll(): Promise<void> {
  const shared = state()
  if (shared.polling) return
  shared.polling = true
  try {
    const versions = await DataService.readUserVersions([
      ...new Set([...shared.watches].map(({ userId }) => userId))
    ])
    for (const watch of shared.watches) {
      const { version = 0, traceparent } = versions.get(watch.userId) ?? {}
      if (watch.lastVersion === version) continue
      watch.lastVersion = version
      await withSpan('live update', { kind: 'producer', parent: traceparent ?? null }, async () =>
        watch.listener.changed(version)
      )
    }
  } catch (thrown) {
    log.warn('watch.interrupted', {
      service: 'xata',
      code: isIntegrationError(thrown) ? thrown.code : 'UNKNOWN'
    })
  } finally {
    shared.polling = false
  }
}
