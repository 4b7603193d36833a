'use client'

import { useCallback, useEffect, useRef } from 'react'
import type { WireLinkToken } from '@/lib/api/answers'
import { messageOf } from '../api'
import { BLOCKED } from './link-words'
import { loadLinkScript } from './script-gate'
import { rememberVisit } from './visit'

export type Entering =
  | { at: 'preparing' }
  | { at: 'link'; link: WireLinkToken; returned: boolean }
  | { at: 'idle'; notice: { tone: 'bad'; text: string } | null }

/** The way into Plaid's window: its token, then its script. A visit that a bank's own page came back from goes on by itself. */
export function useEnter(resumed: WireLinkToken | undefined, setPhase: (phase: Entering) => void) {
  const enter = useCallback(
    async (get: () => Promise<WireLinkToken>, returned: boolean) => {
      const refuse = (text: string) => setPhase({ at: 'idle', notice: { tone: 'bad', text } })
      setPhase({ at: 'preparing' })
      try {
        const link = await get()
        const blocked = await loadLinkScript(link.linkScriptUrl).then(
          () => false,
          () => true
        )
        if (blocked) return refuse(BLOCKED)
        rememberVisit(link.visit)
        setPhase({ at: 'link', link, returned })
      } catch (thrown) {
        refuse(messageOf(thrown))
      }
    },
    [setPhase]
  )
  const entered = useRef(false)
  useEffect(() => {
    if (!resumed || entered.current) return
    entered.current = true
    void enter(async () => resumed, true)
  }, [resumed, enter])
  return enter
}
