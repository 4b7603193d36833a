/** One process per PGlite folder: two would both report success and lose tables. */
import { createHash } from 'node:crypto'
import { closeSync, openSync, readFileSync, realpathSync, rmSync, writeSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'

export type FolderLock = { release(): Promise<void> }

/** @throws when another living process holds the folder. A killed process leaves no lock behind. */
export const lockFolder = (dir: string): Promise<FolderLock> =>
  process.platform === 'linux' ? lockWithSocket(dir) : Promise.resolve(lockWithPidFile(dir))

/**
 * Linux frees an abstract socket with its process, so there is no stale state to clean up and no
 * race for a file.
 */
async function lockWithSocket(dir: string): Promise<FolderLock> {
  const server = createServer()
  const name = `\0pangea-xata-${createHash('sha256').update(realpathSync(dir)).digest('hex').slice(0, 32)}`
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(error.code === 'EADDRINUSE' ? alreadyLocked(dir) : error)
    )
    server.listen(name, resolve)
  })
  server.unref()
  return { release: () => new Promise((resolve) => server.close(() => resolve())) }
}

function lockWithPidFile(dir: string): FolderLock {
  const file = join(dir, 'holder.pid')
  for (let tries = 0; ; tries++) {
    try {
      const handle = openSync(file, 'wx')
      writeSync(handle, String(process.pid))
      closeSync(handle)
      return { release: async () => rmSync(file, { force: true }) }
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
      if (tries > 1 || isAlive(Number(readFileSync(file, 'utf8')))) throw alreadyLocked(dir)
      rmSync(file, { force: true })
    }
  }
}

function isAlive(pid: number): boolean {
  if (!pid) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

const alreadyLocked = (dir: string) => new Error(`Another process has the database in ${dir} open.`)
