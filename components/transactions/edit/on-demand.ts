/**
 * The panel and the picker of a list, loaded when they are first opened. Only what is not rendered on
 * the server has a boundary of its own: without one, React hides the page until it has loaded.
 */
import dynamic from 'next/dynamic'

export const TransactionPanel = dynamic(
  () =>
    import('@/components/transactions/transaction-panel').then((module) => module.TransactionPanel),
  { ssr: false }
)

export const CategoryPicker = dynamic(
  () =>
    import('@/components/transactions/edit/category-picker').then(
      (module) => module.CategoryPicker
    ),
  { ssr: false }
)
