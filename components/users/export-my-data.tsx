'use client'

import { Download } from 'lucide-react'
import { useText } from '#text'
import { useDownload } from '@/components/lib/download'
import { useMutation } from '@/components/lib/use-mutation'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { Notice } from '@/components/ui/notice'

/** Download of everything stored about the user. */
export function ExportMyData() {
  const { busy, failure, mutate } = useMutation(useDownload())
  const text = useText('users')
  return (
    <Card labelledBy="download-everything" className="p-5 sm:p-6">
      <h2 id="download-everything" className="font-medium">
        {text('Download everything')}
      </h2>
      <p className="mt-2 text-[0.9375rem] text-muted leading-7">
        {text(
          'One zip file with everything {brand} stores about you: your banks and accounts, your transactions and edits, your own assets, your application and agreements, your settings, and a log of actions taken in your name. You get each as JSON for programs and as CSV for spreadsheets.'
        )}
      </p>
      <p className="mt-2 text-[0.9375rem] text-muted leading-7">
        {text('Keep the file in a safe place: it is not encrypted.')}
      </p>
      {failure && (
        <Notice tone="bad" live className="mt-4">
          {failure}
        </Notice>
      )}
      <Button
        variant="quiet"
        className="mt-4"
        busy={busy}
        onClick={() => void mutate('/api/v1/export')}
      >
        <Download aria-hidden="true" className="size-4.5" strokeWidth={1.9} />
        {text(busy ? 'Preparing' : 'Download everything')}
      </Button>
    </Card>
  )
}
