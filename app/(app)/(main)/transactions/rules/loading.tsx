import { useText } from '#text'
import { PageHeading } from '@/components/ui/card'
import { LoadingStatus, Skeleton } from '@/components/ui/skeleton'

export default function RulesLoading() {
  const text = useText('transactions')
  return (
    <>
      <PageHeading title={text('Rules')} />
      <LoadingStatus label={text('your rules')} />
      <Skeleton className="mt-6 h-24 rounded-card" />
      <Skeleton className="mt-3 h-24 rounded-card" />
    </>
  )
}
