/** A lock between processes that survives kill -9 of its holder: a folder with the holder's pid. */
import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const LOOK_EVERY_MS = 300
/** A lock without a pid after this long belongs to a process that died. */
const NAMELESS_AFTER_MS = 5_000

/**
 * Runs `work` while holding the lock; waits for it.
 * @template T @param {string} dir @param {() => T} work @param {() => void} [onWait] called once
 * when it has to wait
 * @returns {T extends Promise<infer R> ? Promise<R> : T}
 */
export function withLock(dir, work, onWait = () => {}) {
  for (let told = false; !take(dir); pause(LOOK_EVERY_MS)) {
    if (!told) onWait()
    told = true
  }
  const release = () => rmSync(dir, { recursive: true, force: true })
  let result
  try {
    result = work()
  } catch (error) {
    release()
    throw error
  }
  if (result instanceof Promise) return result.finally(release)
  release()
  return result
}

function take(dir) {
  try {
    mkdirSync(dir)
    writeFileSync(join(dir, 'pid'), String(process.pid))
    return true
  } catch (error) {
    if (error.code === 'ENOENT') mkdirSync(join(dir, '..'), { recursive: true })
    else if (error.code !== 'EEXIST') throw error
    if (isStale(dir)) rmSync(dir, { recursive: true, force: true })
    return false
  }
}

function isStale(dir) {
  try {
    const pid = Number(readFileSync(join(dir, 'pid'), 'utf8'))
    if (pid) return !isAlive(pid)
  } catch {
    // The holder is about to write its pid, or has just released the lock.
  }
  try {
    return Date.now() - statSync(dir).mtimeMs > NAMELESS_AFTER_MS
  } catch {
    return false
  }
}

/** @param {number} pid */
export function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}

/** Blocks deliberately: nothing else can run before the installation. */
const pause = (milliseconds) =>
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds)
