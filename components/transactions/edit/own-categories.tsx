'use client'

import { createContext, type ReactNode, useContext, useMemo } from 'react'
import { CATEGORIES, categoryName } from '@/lib/domain/transactions/categories'

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
  return useMemo(
    () =>
      [...new Set<string>([...CATEGORIES, ...own, ...(current ? [current] : [])])].toSorted(
        (a, b) => categoryName(a).localeCompare(categoryName(b))
      ),
    [own, current]
  )
}
