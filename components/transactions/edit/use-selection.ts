'use client'

import { useMemo, useState } from 'react'
import type { TransactionFilter } from '@/lib/domain/transactions/transaction-filter'

/** Some by their ids, or all that the filter means but a few. */
export type SelectedTransactions = { all: boolean; ids: ReadonlySet<string> }
const NONE: SelectedTransactions = { all: false, ids: new Set() }

/** Which transactions are selected. The parts of one are selected together. */
export function useSelection() {
  const [selected, setSelected] = useState<SelectedTransactions>(NONE)
  return useMemo(
    () => ({
      selected,
      has: (id: string) => selected.ids.has(id) !== selected.all,
      any: selected.all || selected.ids.size > 0,
      toggle: (id: string) =>
        setSelected(({ all, ids }) => {
          const next = new Set(ids)
          if (!next.delete(id)) next.add(id)
          return { all, ids: next }
        }),
      selectAll: () => setSelected({ all: true, ids: new Set() }),
      clear: () => setSelected(NONE)
    }),
    [selected]
  )
}

/** As the API wants to hear it. */
export const toSelectionQuery = (
  { all, ids }: SelectedTransactions,
  filter: TransactionFilter
): { ids: string[] } | { filter: TransactionFilter; except: string[] } =>
  all ? { filter, except: [...ids] } : { ids: [...ids] }
