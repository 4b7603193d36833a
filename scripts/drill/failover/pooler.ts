/** PgBouncer in front of the cluster; it is told where the primary is. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { runStatement } from '@/scripts/drill/failover/cluster'
import { freePort } from '@/scripts/stack/ports'
import { findPgbouncer } from '@/scripts/suites/pgbouncer'
import { createServerDir, startGuarded, waitUntilReady } from '@/scripts/suites/postgres'

/** Logins of the app, and PgBouncer's administrator. */
const USERS = ['pangea_web', 'pangea_jobs', 'postgres']

export type Pooler = {
  /** The same database and login through the pooler. */
  through(url: string): string
  /** Sends new connections to that port. */
  pointAt(port: number): Promise<void>
  close(): Promise<void>
}

/** @returns null if PgBouncer is not installed. */
export async function startPooler(databaseUrl: string): Promise<Pooler | null> {
  const binary = findPgbouncer()
  if (!binary) return null
  const dir = createServerDir('pangea-pooler-')
  const port = await freePort(64_400)
  const [ini, users] = [join(dir, 'pgbouncer.ini'), join(dir, 'users.txt')]
  const write = (primary: number) => writeFileSync(ini, settings({ port, primary, users }))
  writeFileSync(users, USERS.map((name) => `"${name}" ""\n`).join(''))
  write(Number(new URL(databaseUrl).port))
  const close = startGuarded([binary, ini], dir)
  const through = (url: string) =>
    Object.assign(new URL(url), { hostname: '127.0.0.1', port: String(port) }).toString()
  if (!(await waitUntilReady(through(databaseUrl)))) {
    await close()
    throw new Error('PgBouncer did not become ready.')
  }
  const console = Object.assign(new URL(through(databaseUrl)), { pathname: '/pgbouncer' })
  const pointAt = async (primary: number) => {
    write(primary)
    await runStatement(console.toString(), 'RELOAD')
  }
  return { through, pointAt, close }
}

/**
 * By default PgBouncer waits 15 s before it connects again to a server that did not answer, which
 * alone would exceed the time in which service must be back.
 */
const settings = ({ port, primary, users }: { port: number; primary: number; users: string }) => `
[databases]
* = host=127.0.0.1 port=${primary}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = trust
auth_file = ${users}
admin_users = postgres
pool_mode = transaction
default_pool_size = 20
server_login_retry = 1
server_connect_timeout = 3
`
