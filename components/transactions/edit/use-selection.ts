'use client'

import { useMemo, useState } from 'react'
import type { TransactionFilter } from '@/lib/domain/transactions/transaction-filter'

/** Selected ids, or everything that matches the filter except some ids. */
export type SelectedTransactions = { all: boolean; ids: ReadonlySet<string> }
const NONE: SelectedTransactions = { all: false, ids: new Set() }

/** The selected transactions. The parts of a split are selected together. */
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

/** The selection as the API expects it. */
export const toSelectionQuery = (
  { all, ids }: SelectedTransactions,
  filter: TransactionFilter
): { ids: string[] } | { filter: TransactionFilter; except: string[] } =>
  all ? { filter, except: [...ids] } : { ids: [...ids] }
