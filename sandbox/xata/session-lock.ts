/** Whose turn it is to talk to the one session behind all clients: first come, first served, for as long as a transaction lasts. */

export type Turns = {
  /** Resolves when this client may talk; at once where it already may. */
  take(client: object): Promise<void>
  /** Hands the session to the next one waiting. */
  give(client: object): void
  holds(client: object): boolean
}

export function createTurns(): Turns {
  let holder: object | null = null
  const waiting: { client: object; start: () => void }[] = []
  return {
    take(client) {
      if (holder === client) return Promise.resolve()
      if (!holder) {
        holder = client
        return Promise.resolve()
      }
      return new Promise((resolve) => waiting.push({ client, start: resolve }))
    },
    give(client) {
      if (holder !== client) return
      const next = waiting.shift()
      holder = next?.client ?? null
      next?.start()
    },
    holds: (client) => holder === client
  }
}
