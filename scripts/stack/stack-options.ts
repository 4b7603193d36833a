import { connect } from 'node:net'
import type { Environment } from '@/scripts/stack/env-files'
import type { Plan, Vendor } from '@/scripts/stack/vendors'

export type StackOptions = {
  root: string
  dataDir: string
  env: Environment
  plan: Plan
  /** Runs `next dev` instead of the production server. */
  dev?: boolean
  /** Opens Node's debugger port 9229 in the app. */
  inspect?: boolean
  /** A module to preload in the app and the emulators. */
  preload?: string
  /** Overrides for the emulators' start, for tests. */
  emulatorOptions?: Partial<Record<Vendor, object>>
  onCrash: (why: string) => void
  onChildren?: (pids: Record<string, number>) => void
}

/**
 * The name of a host to listen on. Next writes it into request URLs, and 127.0.0.1 as "localhost",
 * so under the number Clerk's rewrites would lead to a foreign host.
 */
export const listenName = (host: string): string => (host === '127.0.0.1' ? 'localhost' : host)

export const preloadOf = ({ preload }: StackOptions) => (preload ? ['--import', preload] : [])

export function acceptsConnections(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1')
  return new Promise((resolve) => {
    socket.once('connect', () => resolve(true))
    socket.once('error', () => resolve(false))
  }).finally(() => socket.destroy()) as Promise<boolean>
}
