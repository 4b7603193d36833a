'use client'

import { Printer } from 'lucide-react'
import { useText } from '#text'
import { Button } from '@/components/ui/button'
import { DateText, useFormatting } from '@/components/ui/formatting'

export function PrintButton() {
  const text = useText('account')
  return (
    <Button variant="quiet" className="max-sm:hidden print:hidden" onClick={() => window.print()}>
      <Printer aria-hidden="true" className="size-4.5" strokeWidth={1.75} />
      {text('Print')}
    </Button>
  )
}

/** Printed only: source and date of the page. */
export function PrintHeader() {
  const { today } = useFormatting()
  const text = useText('account')
  return (
    <p className="mt-4 hidden border-line border-y py-2 text-sm print:block">
      {text.rich(
        'Printed from {brand} on <date></date>. This is not a Jiko statement. Find those under Statements.',
        { date: () => <DateText key="date" date={today} /> }
      )}
    </p>
  )
}
