'use client'

import type { StatementResponse } from '@/lib/api/bank-account'
import { isMonth } from '@/lib/domain/periods'
import { useWriting } from '@/components/ui/formatting'
import { OpenPdf } from '@/components/account/pdf-link'
import { PagedCard } from '@/components/account/paged-card'

const PATH = '/api/v1/account/statements'
const KINDS: Record<string, string> = {
  BANK: 'Bank statement',
  BROKERAGE: 'Investment statement',
  '1099B': 'Tax form 1099-B',
  '1099INT': 'Tax form 1099-INT'
}

/** The bank's statements. Each link is asked for when it is pressed, because it ends after a few minutes. */
export function Statements() {
  const write = useWriting()
  return (
    <PagedCard<StatementResponse>
      id="statements"
      title="Statements"
      path={PATH}
      waiting={2}
      empty="The first one appears here after the first month."
      what="statements"
      fault="The statements could not be loaded"
      live={false}
    >
      {({ id, kind, period }) => (
        <OpenPdf
          key={id}
          path={PATH}
          id={id}
          name={`${KINDS[kind] ?? 'Statement'}, ${isMonth(period) ? write.month(period) : period}`}
        />
      )}
    </PagedCard>
  )
}
