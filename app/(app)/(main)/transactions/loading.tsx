import { PageHeading } from '@/components/ui/card'
import { Loading, Skeleton, SkeletonRows } from '@/components/ui/skeleton'

export default function TransactionsLoading() {
  return (
    <>
      <PageHeading title="Transactions" />
      <Loading what="your transactions" />
      <Skeleton className="mt-6 h-[4.75rem] max-w-sm" />
      <SkeletonRows count={12} className="mt-5 rounded-card border border-line bg-surface" />
    </>
  )
}
