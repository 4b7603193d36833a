'use client'

import { useText } from '#text'
import { PagedCard } from '@/components/account/paged-card'
import { PdfLink } from '@/components/account/pdf-link'
import { useFormatting } from '@/components/ui/formatting'
import type { StatementResponse } from '@/lib/api/bank-account'
import { isMonth } from '@/lib/domain/periods'
import type { TextKey } from '@/lib/domain/text/text'

const PATH = '/api/v1/account/statements'
const STATEMENT_KINDS: Record<string, TextKey<'account'>> = {
  BANK: 'Bank statement',
  BROKERAGE: 'Investment statement',
  '1099B': 'Tax form 1099-B',
  '1099INT': 'Tax form 1099-INT'
}

/** Jiko's statements. Each link is requested on click because it expires after a few minutes. */
export function Statements() {
  const format = useFormatting()
  const text = useText('account')
  return (
    <PagedCard<StatementResponse>
      id="statements"
      title={text('Statements')}
      path={PATH}
      skeletonRows={2}
      emptyText={text('Your first statement appears here after the first month.')}
      itemLabel={text('statements')}
      errorTitle={text('The statements could not be loaded')}
      live={false}
    >
      {({ id, kind, period }) => (
        <PdfLink
          key={id}
          path={PATH}
          id={id}
          name={`${text(STATEMENT_KINDS[kind] ?? 'Statement')}, ${isMonth(period) ? format.month(period) : period}`}
        />
      )}
    </PagedCard>
  )
}
