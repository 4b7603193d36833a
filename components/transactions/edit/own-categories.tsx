'use client'

import { createContext, type ReactNode, useContext, useMemo } from 'react'
import { useText } from '#text'
import { CATEGORIES } from '@/lib/domain/transactions/categories'
import { categoryLabel } from '@/lib/domain/transactions/category-labels'

const OwnCategoriesContext = createContext<readonly string[]>([])

/** Provides the user's own categories to every choice of a category below. */
export const OwnCategories = ({
  categories,
  children
}: {
  categories: readonly string[]
  children: ReactNode
}) => <OwnCategoriesContext value={categories}>{children}</OwnCategoriesContext>

/** All categories that the user can choose, by name. `current` is among them. */
export function useCategories(current: string | null = null): string[] {
  const own = useContext(OwnCategoriesContext)
  const text = useText('transactions')
  return useMemo(() => {
    const labels = new Map<string, string>(
      [...CATEGORIES, ...own, ...(current ? [current] : [])].map((category) => [
        category,
        categoryLabel(category, text)
      ])
    )
    const byLabel = [...labels].toSorted(([, a], [, b]) => a.localeCompare(b, text.language))
    return byLabel.map(([category]) => category)
  }, [own, current, text])
}
