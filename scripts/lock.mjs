/** A lock between processes that survives kill -9 of its holder: a folder with the holder's pid in it. */
import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const LOOK_EVERY_MS = 300
/** A holder that has not even written its pid after this long will not. */
const NAMELESS_AFTER_MS = 5_000

/**
 * Runs `work` while no other process holds the lock; waits for its turn.
 * @template T @param {string} dir @param {() => T} work @param {() => void} [onWait] called once when it has to wait
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
    // The holder is between making the folder and writing its pid, or already gone.
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

/** Blocks on purpose: before anything is installed there is nothing else to do meanwhile. */
const pause = (milliseconds) =>
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds)
