/**
 * Emulator of a Xata database: Postgres (PGlite) in a folder, on a loopback port for any Postgres
 * driver.
 */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { openCluster } from '@/sandbox/xata/cluster'
import { lockFolder } from '@/sandbox/xata/folder-lock'
import { serveDatabase } from '@/sandbox/xata/server'

export type RunningXata = { databaseUrl: string; port: number; close(): Promise<void> }

/**
 * @param options port 0 picks a free one; dataDir null keeps everything in memory. @throws when
 * another process has the folder open, or the port is in use.
 */
export async function startXata({
  port,
  dataDir
}: {
  port: number
  dataDir: string | null
}): Promise<RunningXata> {
  if (dataDir) mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const guard = dataDir ? await lockFolder(dataDir) : null
  const db = await openCluster(dataDir ? join(dataDir, 'pglite') : null)
  const server = await serveDatabase(db, port)
  return {
    databaseUrl: `postgresql://postgres:postgres@127.0.0.1:${server.port}/postgres`,
    port: server.port,
    close: async () => {
      await server.close()
      await db.close()
      await guard?.release()
    }
  }
}
