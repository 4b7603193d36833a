/** Reads the server's stream of changes and opens it again after whatever ended it: a new deploy, an old session, sleep, a lost network. */
import type { UserVersionMessage } from '@/lib/api/responses'

export type StreamPorts = {
  fetch: (path: string, init: RequestInit) => Promise<Response>
  /** Renews the session; false where nobody is signed in. */
  renew: () => Promise<boolean>
  /** Resolves after `ms`, or at once when the browser wakes or comes online. */
  wait: (ms: number, signal: AbortSignal) => Promise<void>
}

const PATH = '/api/v1/events'
/** The server says "still here" every 15 s; three missed mean that the line is dead. */
const SILENCE_MS = 45_000
const LONGEST_WAIT_MS = 30_000

/** Runs until aborted, or until nobody is signed in. `changed` is also called on each opening, so what was missed is caught up. */
export async function followChanges(
  changed: (version: number) => void,
  signal: AbortSignal,
  ports: StreamPorts
): Promise<void> {
  for (let failures = 0; !signal.aborted; ) {
    const ended = await listen(changed, signal, ports)
    if (signal.aborted) return
    if (ended === 'refused' && !(await ports.renew())) return
    failures = ended === 'worked' ? 0 : failures + 1
    await ports.wait(
      Math.min(LONGEST_WAIT_MS, 500 * 2 ** Math.min(failures, 6)) * (0.5 + Math.random() / 2),
      signal
    )
  }
}

async function listen(
  changed: (version: number) => void,
  signal: AbortSignal,
  ports: StreamPorts
): Promise<'worked' | 'refused' | 'failed'> {
  const silence = new AbortController()
  let timer: ReturnType<typeof setTimeout> | undefined
  const heard = () => {
    clearTimeout(timer)
    timer = setTimeout(() => silence.abort(), SILENCE_MS)
  }
  let worked = false
  // By hand: Safari has AbortSignal.any only since 17.4.
  const stop = () => silence.abort()
  signal.addEventListener('abort', stop)
  try {
    heard()
    const response = await ports.fetch(PATH, {
      headers: { accept: 'text/event-stream' },
      cache: 'no-store',
      signal: silence.signal
    })
    if (response.status === 401) return 'refused'
    if (!response.ok || !response.body) return 'failed'
    const decoder = new TextDecoder()
    const reader = response.body.getReader()
    for (let rest = ''; ; ) {
      const { done, value } = await reader.read()
      if (done) return worked ? 'worked' : 'failed'
      heard()
      worked = true
      const messages = (rest + decoder.decode(value, { stream: true })).split('\n\n')
      rest = messages.pop() ?? ''
      for (const message of messages) tell(message, changed)
    }
  } catch {
    return worked ? 'worked' : 'failed'
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', stop)
  }
}

function tell(message: string, changed: (version: number) => void): void {
  if (!message.includes('event: change')) return
  const data = /^data: (.*)$/m.exec(message)?.[1]
  try {
    if (data) changed((JSON.parse(data) as UserVersionMessage).version)
  } catch {
    // Half a message at the end of a broken line; the next opening catches up.
  }
}

/** The browser's own ports. */
export const browserWait: StreamPorts['wait'] = (ms, signal) =>
  new Promise((done) => {
    const wake = () => {
      if (document.visibilityState === 'hidden') return
      finish()
    }
    const finish = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', finish)
      globalThis.removeEventListener('online', wake)
      document.removeEventListener('visibilitychange', wake)
      done()
    }
    const timer = setTimeout(finish, ms)
    signal.addEventListener('abort', finish)
    globalThis.addEventListener('online', wake)
    document.addEventListener('visibilitychange', wake)
  })
