import { useText } from '#text'
import { PageHeading } from '@/components/ui/card'
import { LoadingStatus, Skeleton, SkeletonRows } from '@/components/ui/skeleton'

export default function ConnectionsLoading() {
  const text = useText('connections')
  return (
    <div>
      <PageHeading title={text('Connections')}>
        {text('Your banks, and when each was last updated.')}
      </PageHeading>
      <LoadingStatus label={text('your banks')} />
      <div className="mt-7 rounded-card border border-line bg-surface lg:mr-[23.5rem]">
        <div className="flex items-start gap-4 px-5 pt-5">
          <Skeleton className="size-10 rounded-lg" />
          <div className="flex-1 space-y-2">
            <Skeleton className="h-6 w-full max-w-48" />
            <Skeleton className="h-4 w-24" />
          </div>
        </div>
        <div className="flex gap-2 px-5 pt-4 pb-20">
          <Skeleton className="h-11 w-32" />
          <Skeleton className="h-11 w-32" />
        </div>
        <SkeletonRows count={4} className="border-line border-t" />
      </div>
    </div>
  )
}
