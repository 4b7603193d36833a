import { PageHeading } from '@/components/ui/card'
import { LoadingStatus, Skeleton } from '@/components/ui/skeleton'

export default function RulesLoading() {
  return (
    <>
      <PageHeading title="Rules" />
      <LoadingStatus label="your rules" />
      <Skeleton className="mt-6 h-24 rounded-card" />
      <Skeleton className="mt-3 h-24 rounded-card" />
    </>
  )
}
