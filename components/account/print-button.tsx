'use client'

import { Printer } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { DateText, useFormatting } from '@/components/ui/formatting'
import { brand } from '@/pangea.config'

export function PrintButton() {
  return (
    <Button variant="quiet" className="max-sm:hidden print:hidden" onClick={() => window.print()}>
      <Printer aria-hidden="true" className="size-4.5" strokeWidth={1.75} />
      Print
    </Button>
  )
}

/** Printed only: source and date of the page. */
export function PrintHeader() {
  const { today } = useFormatting()
  return (
    <p className="mt-4 hidden border-line border-y py-2 text-sm print:block">
      Printed from {brand.name} on <DateText date={today} />. This is not a Jiko statement. Find
      those under Statements.
    </p>
  )
}
