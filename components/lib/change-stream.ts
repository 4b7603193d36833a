/**
 * Reads the server's change stream and reconnects after a deploy, an expired session, sleep or a
 * network failure.
 */
import type { Renewal } from '@/components/lib/api'
import type { UserVersionMessage } from '@/lib/api/responses'

export type StreamDependencies = {
  fetch: (path: string, init: RequestInit) => Promise<Response>
  renew: () => Promise<Renewal>
  /** Resolves after `ms`, or immediately when the browser wakes up or comes online. */
  wait: (ms: number, signal: AbortSignal) => Promise<void>
}

const STREAM_PATH = '/api/v1/events'
/** The server sends a heartbeat every 15 s; three missed ones mean a broken connection. */
const IDLE_TIMEOUT_MS = 45_000
const MAX_BACKOFF_MS = 30_000

/**
 * Runs until aborted or signed out. `changed` is also called on each reconnect, for missed changes.
 */
export async function followChangeStream(
  onChange: (version: number) => void,
  signal: AbortSignal,
  dependencies: StreamDependencies
): Promise<void> {
  for (let failures = 0; !signal.aborted; ) {
    const ended = await listen(onChange, signal, dependencies)
    if (signal.aborted) return
    if (ended === 'refused' && (await dependencies.renew()) === 'signed_out') return
    failures = ended === 'worked' ? 0 : failures + 1
    await dependencies.wait(
      Math.min(MAX_BACKOFF_MS, 500 * 2 ** Math.min(failures, 6)) * (0.5 + Math.random() / 2),
      signal
    )
  }
}

async function listen(
  onChange: (version: number) => void,
  signal: AbortSignal,
  dependencies: StreamDependencies
): Promise<'worked' | 'refused' | 'failed'> {
  const idleAbort = new AbortController()
  let timer: ReturnType<typeof setTimeout> | undefined
  const resetIdleTimer = () => {
    clearTimeout(timer)
    timer = setTimeout(() => idleAbort.abort(), IDLE_TIMEOUT_MS)
  }
  let worked = false
  // Safari has AbortSignal.any only since 17.4.
  const stop = () => idleAbort.abort()
  signal.addEventListener('abort', stop)
  try {
    resetIdleTimer()
    const response = await dependencies.fetch(STREAM_PATH, {
      headers: { accept: 'text/event-stream' },
      cache: 'no-store',
      signal: idleAbort.signal
    })
    if (response.status === 401) return 'refused'
    if (!response.ok || !response.body) return 'failed'
    const decoder = new TextDecoder()
    const reader = response.body.getReader()
    for (let buffer = ''; ; ) {
      const { done, value } = await reader.read()
      if (done) return worked ? 'worked' : 'failed'
      resetIdleTimer()
      worked = true
      const messages = (buffer + decoder.decode(value, { stream: true })).split('\n\n')
      buffer = messages.pop() ?? ''
      for (const message of messages) dispatch(message, onChange)
    }
  } catch {
    return worked ? 'worked' : 'failed'
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', stop)
  }
}

function dispatch(message: string, onChange: (version: number) => void): void {
  if (!message.includes('event: change')) return
  const data = /^data: (.*)$/m.exec(message)?.[1]
  try {
    if (data) onChange((JSON.parse(data) as UserVersionMessage).version)
  } catch {
    // An incomplete message of a broken connection; the next reconnect resyncs.
  }
}

/** The browser's implementations. */
export const waitInBrowser: StreamDependencies['wait'] = (ms, signal) =>
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
