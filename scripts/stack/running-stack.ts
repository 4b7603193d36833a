/** Allows one running stack per data folder; a second start prints where the first one runs. */
import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isAlive } from '@/scripts/lock.mjs'
import type { EmulatorUrls } from '@/scripts/stack/emulator-env'

export type RunningStack = {
  pid: number
  url: string | null
  /** The processes, by name. */
  children: Record<string, number>
  /** Addresses of the emulators that run. */
  vendors?: Partial<EmulatorUrls>
}

const CHILDREN_GONE_WITHIN_MS = 10_000
const POLL_MS = 100

const fileOf = (dataDir: string) => join(dataDir, 'running.json')

/**
 * @returns null if this process acquired the folder, else its holder. A killed holder does not
 * count.
 */
export async function acquireDataDir(dataDir: string): Promise<RunningStack | null> {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  for (;;) {
    try {
      writeFileSync(
        fileOf(dataDir),
        JSON.stringify({ pid: process.pid, url: null, children: {} }),
        { flag: 'wx', mode: 0o600 }
      )
      return null
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
    const holder = findRunningStack(dataDir)
    if (holder) return holder
    await killOrphans(dataDir)
    rmSync(fileOf(dataDir), { force: true })
  }
}

/** @returns the stack that runs on this folder, or null. */
export function findRunningStack(dataDir: string): RunningStack | null {
  const holder = read(dataDir)
  return holder && isStarter(holder.pid) ? holder : null
}

/** Records this stack's addresses and processes, for later starts and for other commands. */
export const recordRunning = (dataDir: string, running: Omit<RunningStack, 'pid'>): void =>
  writeFileSync(fileOf(dataDir), JSON.stringify({ pid: process.pid, ...running }), { mode: 0o600 })

export function releaseDataDir(dataDir: string): void {
  if (read(dataDir)?.pid === process.pid) rmSync(fileOf(dataDir), { force: true })
}

/**
 * Children of a killed starter exit within a second; their ports and the database are free only
 * then.
 */
async function killOrphans(dataDir: string): Promise<void> {
  const ours = Object.values(read(dataDir)?.children ?? {}).filter(
    (pid) => commandOf(pid).match(/with-parent|next-server/) !== null
  )
  for (
    const deadline = Date.now() + CHILDREN_GONE_WITHIN_MS;
    ours.some(isAlive) && Date.now() < deadline;
  )
    await new Promise((done) => setTimeout(done, POLL_MS))
  for (const pid of ours.filter(isAlive)) process.kill(pid, 'SIGKILL')
}

function read(dataDir: string): RunningStack | null {
  try {
    return JSON.parse(readFileSync(fileOf(dataDir), 'utf8')) as RunningStack
  } catch {
    return null
  }
}

/** A pid alone proves nothing: after a reboot it may belong to any process. */
const isStarter = (pid: number) =>
  isAlive(pid) && /scripts[\\/](start|test|e2e)/.test(commandOf(pid))

function commandOf(pid: number): string {
  try {
    if (process.platform === 'linux') return readFileSync(`/proc/${pid}/cmdline`, 'utf8')
    return execFileSync('ps', ['-p', String(pid), '-o', 'command='], { encoding: 'utf8' })
  } catch {
    return ''
  }
}
