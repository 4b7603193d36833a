'use client'

import { createContext, type ReactNode, useContext, useEffect, useMemo, useRef } from 'react'
import { SWRConfig, useSWRConfig } from 'swr'
import { fetchAsUser, read, renewSession } from '@/components/lib/api'
import { browserWait, followChanges } from '@/components/lib/change-stream'
import { isApiKey } from '@/components/lib/use-refresh'

type Listener = () => void
const Listeners = createContext<Set<Listener> | null>(null)

/**
 * One stream of changes for all tabs of a user: the tab that holds the lock listens and tells the others. Without locks (an address that
 * is not secure) each tab listens for itself.
 */
function shareChanges(userId: string, changed: () => void): () => void {
  const name = `pangea.changes.${userId}`
  const stop = new AbortController()
  const channel = new BroadcastChannel(name)
  let seen: number | null = null
  const hear = (version: number) => {
    if (version === seen) return
    seen = version
    changed()
  }
  channel.onmessage = ({ data }: MessageEvent<number>) => hear(data)
  const lead = () =>
    followChanges(
      (version) => {
        channel.postMessage(version)
        hear(version)
      },
      stop.signal,
      { fetch: fetchAsUser, renew: renewSession, wait: browserWait }
    )
  const leading = navigator.locks
    ? navigator.locks.request(name, { signal: stop.signal }, lead)
    : lead()
  leading.catch(() => {
    // Aborted while waiting for its turn: this tab is going away.
  })
  return () => {
    stop.abort()
    channel.close()
  }
}

/** Keeps everything below it current: whatever SWR has read from /api/v1 is read again when the server says that something changed. */
export function LiveProvider({ userId, children }: { userId: string; children: ReactNode }) {
  return (
    <SWRConfig
      value={{
        provider: () => new Map(),
        fetcher: read,
        dedupingInterval: 250,
        errorRetryInterval: 4_000
      }}
    >
      <Changes userId={userId}>{children}</Changes>
    </SWRConfig>
  )
}

function Changes({ userId, children }: { userId: string; children: ReactNode }) {
  const { mutate } = useSWRConfig()
  const listeners = useMemo(() => new Set<Listener>(), [])
  useEffect(
    () =>
      shareChanges(userId, () => {
        mutate(isApiKey).catch(() => {
          // Each reader shows its own fault.
        })
        for (const listener of listeners) listener()
      }),
    [userId, mutate, listeners]
  )
  return <Listeners value={listeners}>{children}</Listeners>
}

/** Calls back when something of the person's changed on the server; for what SWR's keys cannot reach. */
export function useChange(listener: Listener): void {
  const listeners = useContext(Listeners)
  const latest = useRef(listener)
  useEffect(() => {
    latest.current = listener
  })
  useEffect(() => {
    const call = () => latest.current()
    listeners?.add(call)
    return () => void listeners?.delete(call)
  }, [listeners])
}
