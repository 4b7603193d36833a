import { PageHeading } from '@/components/ui/card'
import { Loading, Skeleton, SkeletonRows } from '@/components/ui/skeleton'

export default function DashboardLoading() {
  return (
    <>
      <PageHeading title="Dashboard" />
      <Loading what="your dashboard" />
      <div className="mt-6 grid grid-cols-1 items-start gap-6 lg:grid-cols-[minmax(0,5fr)_minmax(0,6fr)]">
        <div className="space-y-6">
          <div className="rounded-card border border-line bg-surface p-7">
            <Skeleton className="h-4 w-56 max-w-full" />
            <Skeleton className="mt-3 h-11 w-64 max-w-full" />
            <Skeleton className="mt-6 h-2 w-full rounded-full" />
            <Skeleton className="mt-4 h-10 w-full" />
          </div>
          <SkeletonRows count={4} className="rounded-card border border-line bg-surface" />
        </div>
        <SkeletonRows count={10} className="rounded-card border border-line bg-surface" />
      </div>
    </>
  )
}
