'use client'

import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useRef
} from 'react'
import { SWRConfig, useSWRConfig } from 'swr'
import { apiGet, fetchAsUser, renewSession } from '@/components/lib/api'
import { followChangeStream, waitInBrowser } from '@/components/lib/change-stream'

type Listener = () => void

/** All SWR keys of the API. */
export const isApiKey = (key: unknown): boolean =>
  typeof key === 'string' && key.startsWith('/api/v1/')

const ListenersContext = createContext<Set<Listener> | null>(null)

/**
 * One change stream for all tabs of a user: the tab with the lock listens and informs the others.
 * Without locks (insecure origin) each tab listens.
 */
function shareChangeStream(userId: string, onChange: () => void): () => void {
  const name = `pangea.changes.${userId}`
  const abortController = new AbortController()
  const channel = new BroadcastChannel(name)
  let lastVersion: number | null = null
  const onVersion = (version: number) => {
    if (version === lastVersion) return
    lastVersion = version
    onChange()
  }
  channel.onmessage = ({ data }: MessageEvent<number>) => onVersion(data)
  const leadStream = () =>
    followChangeStream(
      (version) => {
        channel.postMessage(version)
        onVersion(version)
      },
      abortController.signal,
      { fetch: fetchAsUser, renew: renewSession, wait: waitInBrowser }
    )
  const leadership = navigator.locks
    ? navigator.locks.request(name, { signal: abortController.signal }, leadStream)
    : leadStream()
  leadership.catch(() => {
    // Aborted while waiting for the lock: this tab is closing.
  })
  return () => {
    abortController.abort()
    channel.close()
  }
}

/** Revalidates all SWR data of /api/v1 when the server reports a change. */
export function LiveProvider({ userId, children }: { userId: string; children: ReactNode }) {
  return (
    <SWRConfig
      value={{
        provider: () => new Map(),
        fetcher: apiGet,
        dedupingInterval: 250,
        errorRetryInterval: 4_000
      }}
    >
      <ChangeListener userId={userId}>{children}</ChangeListener>
    </SWRConfig>
  )
}

function ChangeListener({ userId, children }: { userId: string; children: ReactNode }) {
  const { mutate } = useSWRConfig()
  const listeners = useMemo(() => new Set<Listener>(), [])
  useEffect(
    () =>
      shareChangeStream(userId, () => {
        mutate(isApiKey).catch(() => {
          // Each reader shows its own error.
        })
        for (const listener of listeners) listener()
      }),
    [userId, mutate, listeners]
  )
  return <ListenersContext value={listeners}>{children}</ListenersContext>
}

/** Calls back when the user's data changed on the server, for data outside SWR. */
export function useServerChange(listener: Listener): void {
  const listeners = useContext(ListenersContext)
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

/** Calls everything that listens to server changes, after a change of this tab. */
export function useNotifyListeners(): () => void {
  const listeners = useContext(ListenersContext)
  return useCallback(() => {
    for (const listener of listeners ?? []) listener()
  }, [listeners])
}
