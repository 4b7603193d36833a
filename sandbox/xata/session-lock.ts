/** Whose turn it is to talk to the one session behind all clients: first come, first served, for as long as a transaction lasts. */

export type SessionLock = {
  /** Resolves when this client may talk; at once where it already may. */
  acquire(client: object): Promise<void>
  /** Hands the session to the next one waiting. */
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
