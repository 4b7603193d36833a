/**
 * Decides which client uses the shared session: first come, first served, for the length of a
 * transaction.
 */

export type SessionLock = {
  /** Resolves when this client may send; at once when it already holds the session. */
  acquire(client: object): Promise<void>
  /** Hands the session to the next waiting client. */
  release(client: object): void
  isHeldBy(client: object): boolean
}

export function createSessionLock(): SessionLock {
  let holder: object | null = null
  const waiting: { client: object; start: () => void }[] = []
  return {
    acquire(client) {
      if (holder === client) return Promise.resolve()
      if (!holder) {
        holder = client
        return Promise.resolve()
      }
      return new Promise((resolve) => waiting.push({ client, start: resolve }))
    },
    release(client) {
      if (holder !== client) return
      const next = waiting.shift()
      holder = next?.client ?? null
      next?.start()
    },
    isHeldBy: (client) => holder === client
  }
}
