import { Download } from 'lucide-react'
import { Card } from '@/components/ui/card'

/** Download of everything stored about the user. */
export function ExportMyData() {
  return (
    <Card labelledBy="download-everything" className="p-5 sm:p-6">
      <h2 id="download-everything" className="font-medium">
        Download everything
      </h2>
      <p className="mt-2 text-[0.9375rem] text-muted leading-7">
        One zip file with everything Pangea stores about you: your banks and accounts, your
        transactions and edits, your own assets, your application and agreements, your settings, and
        a log of actions taken in your name. You get each as JSON for programs and as CSV for
        spreadsheets.
      </p>
      <p className="mt-2 text-[0.9375rem] text-muted leading-7">
        Keep the file in a safe place: it is not encrypted.
      </p>
      <a
        href="/api/v1/export"
        download
        className="mt-4 inline-flex min-h-11 items-center justify-center gap-2 rounded-control border border-line-strong/60 bg-surface px-5 py-2.5 font-medium text-[0.9375rem] text-ink leading-6 transition-colors hover:bg-sunken"
      >
        <Download aria-hidden="true" className="size-4.5" strokeWidth={1.9} />
        Download everything
      </a>
    </Card>
  )
}
