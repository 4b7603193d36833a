/**
 * Preload (`--import with-parent.mjs?parent=<pid>`): exits when the starting process is gone, even
 * after kill -9. The pid is passed, because the parent may be gone before this line runs.
 */
import { isAlive } from './lock.mjs'

const LOOK_EVERY_MS = 500
const GRACE_MS = 10_000

const given = Number(new URL(import.meta.url).searchParams.get('parent'))
// Forks inherit this preload but have another parent.
const parent = process.ppid !== given && isAlive(given) ? process.ppid : given

const timer = setInterval(() => {
  if (process.ppid === parent) return
  clearInterval(timer)
  setTimeout(() => process.kill(process.pid, 'SIGKILL'), GRACE_MS).unref()
  process.kill(process.pid, 'SIGTERM')
}, LOOK_EVERY_MS)
timer.unref()
