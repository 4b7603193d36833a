import { useText } from '#text'
import { LoadingStatus, Skeleton } from '@/components/ui/skeleton'

export default function MainLoading() {
  const text = useText('common')
  return (
    <div className="max-w-3xl">
      <LoadingStatus label={text('this page')} />
      <Skeleton className="h-9 w-48" />
      <Skeleton className="mt-2 h-5 w-full max-w-80" />
      <Skeleton className="mt-7 h-64 w-full rounded-card" />
    </div>
  )
}
