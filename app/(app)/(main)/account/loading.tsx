import { useText } from '#text'
import { PageHeading } from '@/components/ui/card'
import { LoadingStatus, Skeleton, SkeletonRows } from '@/components/ui/skeleton'

const CARD = 'rounded-card border border-line bg-surface'

export default function AccountLoading() {
  const text = useText('account')
  return (
    <div>
      <PageHeading title={text('Account')}>
        {text('Your own account, opened through {brand}.')}
      </PageHeading>
      <LoadingStatus label={text('your account')} />
      <div className="mt-7 grid items-start gap-6 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <div className={`${CARD} p-6`}>
          <Skeleton className="h-6 w-40" />
          <Skeleton className="mt-6 h-10 w-44" />
          <Skeleton className="mt-3 h-4 w-full max-w-56" />
          <Skeleton className="mt-10 h-24 w-full" />
        </div>
        <div className={`${CARD} p-6`}>
          <Skeleton className="h-6 w-full max-w-52" />
          <Skeleton className="mt-4 h-5 w-full max-w-56" />
        </div>
        <div className={CARD}>
          <SkeletonRows count={4} />
        </div>
      </div>
    </div>
  )
}
