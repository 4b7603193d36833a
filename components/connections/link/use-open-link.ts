'use client'

import { useCallback, useEffect, useRef } from 'react'
import { useText } from '#text'
import { SCRIPT_BLOCKED_MESSAGE } from '@/components/connections/link/link-labels'
import { saveLinkSession } from '@/components/connections/link/link-session'
import { loadLinkScript } from '@/components/connections/link/load-link-script'
import { errorMessage } from '@/components/lib/api'
import type { LinkTokenResponse } from '@/lib/api/responses'

export type OpeningPhase =
  | { at: 'preparing' }
  | { at: 'link'; link: LinkTokenResponse; returned: boolean }
  | { at: 'idle'; notice: { tone: 'bad'; text: string } | null }

/** Opens Link: token first, then the script. Resumes by itself after an OAuth return. */
export function useOpenLink(
  resumedLink: LinkTokenResponse | undefined,
  setPhase: (phase: OpeningPhase) => void
) {
  const text = useText('connections')
  const openLink = useCallback(
    async (getToken: () => Promise<LinkTokenResponse>, returned: boolean) => {
      const fail = (message: string) =>
        setPhase({ at: 'idle', notice: { tone: 'bad', text: message } })
      setPhase({ at: 'preparing' })
      try {
        const link = await getToken()
        const blocked = await loadLinkScript(link.linkScriptUrl).then(
          () => false,
          () => true
        )
        if (blocked) return fail(text(SCRIPT_BLOCKED_MESSAGE))
        saveLinkSession(link.visit)
        setPhase({ at: 'link', link, returned })
      } catch (thrown) {
        fail(errorMessage(thrown))
      }
    },
    [setPhase, text]
  )
  const hasOpened = useRef(false)
  useEffect(() => {
    if (!resumedLink || hasOpened.current) return
    hasOpened.current = true
    void openLink(async () => resumedLink, true)
  }, [resumedLink, openLink])
  return openLink
}
