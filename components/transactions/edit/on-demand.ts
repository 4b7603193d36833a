/** The panel and the picker of a list, loaded when they are first opened. */
import dynamic from 'next/dynamic'

export const TransactionPanel = dynamic(() =>
  import('@/components/transactions/transaction-panel').then((module) => module.TransactionPanel)
)

export const CategoryPicker = dynamic(() =>
  import('@/components/transactions/edit/category-picker').then((module) => module.CategoryPicker)
)
