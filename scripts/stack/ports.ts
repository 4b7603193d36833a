/** Finds free ports: the usual one, else the next. */
import { createServer } from 'node:net'
import type { Vendor } from '@/scripts/stack/vendors'

export type EmulatorPorts = Record<Vendor | 'console' | 'gateway' | 'mail' | 'smtp', number>

const MAX_PORT = 65_535
const PORT_BLOCK_SIZE = 50

/** Ports from 1024 that browsers and fetch block (https://fetch.spec.whatwg.org/#port-blocking). */
const BLOCKED_PORTS = new Set([
  1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669,
  6679, 6697, 10080
])

/**
 * Whether nothing listens on the port, on loopback or any address, and browsers do not block it.
 */
export async function isFree(port: number): Promise<boolean> {
  return (
    !BLOCKED_PORTS.has(port) &&
    (await canListen(port, '127.0.0.1')) &&
    (await canListen(port, '::'))
  )
}

function canListen(port: number, host: string): Promise<boolean> {
  const server = createServer()
  return new Promise((resolve) => {
    // A machine without IPv6 refuses the address, which says nothing about the port.
    server.once('error', (error: NodeJS.ErrnoException) =>
      resolve(error.code === 'EAFNOSUPPORT' || error.code === 'EADDRNOTAVAIL')
    )
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)))
  })
}

/** @throws if no port from `wanted` upwards is free. */
export async function freePort(wanted: number): Promise<number> {
  for (let port = wanted; port <= MAX_PORT; port++) if (await isFree(port)) return port
  throw new Error(`No port from ${wanted} upwards is free.`)
}

const blockAt = (base: number): EmulatorPorts => ({
  console: base,
  clerk: base + 10,
  plaid: base + 20,
  jiko: base + 30,
  xata: base + 40,
  gateway: base + 41,
  mail: base + 48,
  smtp: base + 49
})

/** The emulators' ports, all from one block. */
export async function freeBlock(base: number): Promise<EmulatorPorts> {
  for (let from = base; from + PORT_BLOCK_SIZE <= MAX_PORT; from += PORT_BLOCK_SIZE) {
    const block = blockAt(from)
    const free = await Promise.all(Object.values(block).map(isFree))
    if (free.every(Boolean)) return block
  }
  throw new Error(`No free block of ports from ${base} upwards.`)
}
