/**
 * A real PgBouncer in transaction mode for tests: an installed one, else from apt where allowed.
 */
import { existsSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { freePort } from '@/scripts/stack/ports'
import {
  createServerDir,
  installFromApt,
  startGuarded,
  waitUntilReady
} from '@/scripts/suites/postgres'

export type Pgbouncer = { url: string; close(): Promise<void> }

/** @param databaseUrl the database behind it. @returns null if PgBouncer is not available. */
export async function openPgbouncer(databaseUrl: string): Promise<Pgbouncer | null> {
  if (!findPgbouncer() && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get'))
    installFromApt('pgbouncer')
  const binary = findPgbouncer()
  return binary ? start(binary, new URL(databaseUrl)) : null
}

/** @returns the path of an installed PgBouncer, or undefined. */
export const findPgbouncer = () =>
  [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin']
    .map((folder) => join(folder, 'pgbouncer'))
    .find(existsSync)

async function start(binary: string, database: URL): Promise<Pgbouncer> {
  const dir = createServerDir('pangea-pgbouncer-')
  const port = await freePort(64_320)
  const settings = [
    '[databases]',
    `* = host=${database.hostname} port=${database.port} user=${database.username} password=${database.password}`,
    '[pgbouncer]',
    'listen_addr = 127.0.0.1',
    `listen_port = ${port}`,
    'unix_socket_dir =',
    'auth_type = any',
    'pool_mode = transaction',
    'default_pool_size = 5'
  ]
  const file = join(dir, 'pgbouncer.ini')
  writeFileSync(file, `${settings.join('\n')}\n`)
  const close = startGuarded([binary, file], dir)
  const url = Object.assign(new URL(database), {
    hostname: '127.0.0.1',
    port: String(port)
  }).toString()
  if (await waitUntilReady(url)) return { url, close }
  await close()
  throw new Error(`${binary} did not become ready.`)
}
