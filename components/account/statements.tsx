'use client'

import { PagedCard } from '@/components/account/paged-card'
import { PdfLink } from '@/components/account/pdf-link'
import { useFormatting } from '@/components/ui/formatting'
import type { StatementResponse } from '@/lib/api/bank-account'
import { isMonth } from '@/lib/domain/periods'

const PATH = '/api/v1/account/statements'
const STATEMENT_KINDS: Record<string, string> = {
  BANK: 'Bank statement',
  BROKERAGE: 'Investment statement',
  '1099B': 'Tax form 1099-B',
  '1099INT': 'Tax form 1099-INT'
}

/** Jiko's statements. Each link is requested on click because it expires after a few minutes. */
export function Statements() {
  const format = useFormatting()
  return (
    <PagedCard<StatementResponse>
      id="statements"
      title="Statements"
      path={PATH}
      skeletonRows={2}
      emptyText="Your first statement appears here after the first month."
      itemLabel="statements"
      errorTitle="The statements could not be loaded"
      live={false}
    >
      {({ id, kind, period }) => (
        <PdfLink
          key={id}
          path={PATH}
          id={id}
          name={`${STATEMENT_KINDS[kind] ?? 'Statement'}, ${isMonth(period) ? format.month(period) : period}`}
        />
      )}
    </PagedCard>
  )
}
