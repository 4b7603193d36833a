/** Preload (`--import`): this process ends when the one that started it is gone, however it went. */
const parent = process.ppid
const LOOK_EVERY_MS = 500
const GRACE_MS = 10_000

const timer = setInterval(() => {
  if (process.ppid === parent) return
  clearInterval(timer)
  setTimeout(() => process.kill(process.pid, 'SIGKILL'), GRACE_MS).unref()
  process.kill(process.pid, 'SIGTERM')
}, LOOK_EVERY_MS)
timer.unref()
