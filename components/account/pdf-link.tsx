'use client'

import { FileText } from 'lucide-react'
import type { ReactNode } from 'react'
import { useText } from '#text'
import { apiSend } from '@/components/lib/api'
import { useMutation } from '@/components/lib/use-mutation'
import { useWithReverification } from '@/components/lib/use-reverification'
import { Button } from '@/components/ui/button'
import type { StatementLinkResponse } from '@/lib/api/bank-account'

/**
 * One document of Jiko's. Its link is requested on click because it expires after a few minutes.
 */
export function PdfLink({
  path,
  id,
  name,
  note
}: {
  path: string
  id: string
  name: string
  note?: ReactNode
}) {
  const text = useText('account')
  const requestLink = useWithReverification(() => apiSend<StatementLinkResponse>(path, { id }))
  const { busy, failure, mutate } = useMutation(async (tab: Window | null) => {
    try {
      const { url } = await requestLink()
      if (tab) {
        tab.opener = null
        tab.location.replace(url)
      } else window.location.assign(url)
    } catch (thrown) {
      tab?.close()
      throw thrown
    }
  })
  // Opened in the click handler: browsers block windows that open after a response.
  const open = () => void mutate(window.open('about:blank', '_blank'))
  return (
    <li className="px-5 py-2.5 sm:px-6">
      <div className="flex items-center justify-between gap-4">
        <span>
          {name}
          {note && <span className="block text-muted text-sm">{note}</span>}
        </span>
        <Button variant="bare" busy={busy} className="shrink-0" onClick={open}>
          <FileText aria-hidden="true" className="size-4.5 shrink-0" />
          {text.rich(
            busy
              ? 'Opening<hidden>: {document}, opens in a new tab</hidden>'
              : 'Open PDF<hidden>: {document}, opens in a new tab</hidden>',
            {
              document: name,
              hidden: (part) => (
                <span key="document" className="sr-only">
                  {part}
                </span>
              )
            }
          )}
        </Button>
      </div>
      <p role="status" className={failure ? 'pb-2 text-danger text-sm' : 'sr-only'}>
        {failure}
      </p>
    </li>
  )
}
