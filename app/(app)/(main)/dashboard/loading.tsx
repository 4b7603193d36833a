import { useText } from '#text'
import { PageHeading } from '@/components/ui/card'
import { LoadingStatus, Skeleton, SkeletonRows } from '@/components/ui/skeleton'

const CARD = 'rounded-card border border-line bg-surface'

export default function DashboardLoading() {
  const text = useText('reports')
  return (
    <>
      <PageHeading
        title={text('Dashboard')}
        action={<Skeleton className="h-10 w-full max-w-60" />}
      />
      <LoadingStatus label={text('your dashboard')} />
      <div className="mt-6 grid grid-cols-1 items-start gap-6 lg:grid-cols-2">
        <div className="space-y-6">
          <div className={CARD}>
            <div className="p-6">
              <Skeleton className="h-4 w-full max-w-56" />
              <Skeleton className="mt-3 h-11 w-full max-w-64" />
              <Skeleton className="mt-8 h-2.5 w-full rounded-full" />
              <Skeleton className="mt-9 h-2.5 w-full rounded-full" />
            </div>
            <div className="border-line border-t p-6">
              <Skeleton className="h-6 w-28" />
              <Skeleton className="mt-10 h-44 w-full" />
            </div>
            <SkeletonRows count={4} className="border-line border-t" />
          </div>
          <div className={`${CARD} p-6`}>
            <Skeleton className="h-6 w-32" />
            <Skeleton className="mt-6 h-12 w-full" />
            <Skeleton className="mt-4 h-52 w-full" />
          </div>
        </div>
        <div className="space-y-6">
          <div className={`${CARD} p-6`}>
            <Skeleton className="h-5 w-40" />
            <Skeleton className="mt-6 h-9 w-44" />
            <Skeleton className="mt-3 h-4 w-full max-w-56" />
          </div>
          <div className={CARD}>
            <div className="p-6">
              <Skeleton className="h-6 w-32" />
              <Skeleton className="mt-5 h-9 w-full max-w-56" />
            </div>
            <SkeletonRows count={7} className="border-line border-t" />
          </div>
        </div>
      </div>
    </>
  )
}
