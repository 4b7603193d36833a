'use client'

import { useCallback, useEffect, useRef } from 'react'
import type { LinkTokenResponse } from '@/lib/api/responses'
import { messageOf } from '@/components/lib/api'
import { BLOCKED } from '@/components/connections/link/link-labels'
import { loadLinkScript } from '@/components/connections/link/load-link-script'
import { rememberVisit } from '@/components/connections/link/link-session'

export type Entering =
  | { at: 'preparing' }
  | { at: 'link'; link: LinkTokenResponse; returned: boolean }
  | { at: 'idle'; notice: { tone: 'bad'; text: string } | null }

/** The way into Plaid's window: its token, then its script. A visit that a bank's own page came back from goes on by itself. */
export function useEnter(resumed: LinkTokenResponse | undefined, setPhase: (phase: Entering) => void) {
  const enter = useCallback(
    async (get: () => Promise<LinkTokenResponse>, returned: boolean) => {
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
