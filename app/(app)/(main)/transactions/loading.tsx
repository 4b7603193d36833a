import { useText } from '#text'
import { PageHeading } from '@/components/ui/card'
import { LoadingStatus, Skeleton, SkeletonRows } from '@/components/ui/skeleton'

export default function TransactionsLoading() {
  const text = useText('transactions')
  return (
    <>
      <PageHeading title={text('Transactions')} action={<Skeleton className="h-10.5 w-38" />} />
      <LoadingStatus label={text('your transactions')} />
      <div className="mt-6 grid gap-4 sm:grid-cols-[minmax(0,1fr)_minmax(0,20rem)]">
        <Skeleton className="h-[4.75rem]" />
        <Skeleton className="h-[4.75rem]" />
      </div>
      <Skeleton className="mt-3 h-11.5 rounded-card" />
      <SkeletonRows count={12} className="mt-5 rounded-card border border-line bg-surface" />
    </>
  )
}
