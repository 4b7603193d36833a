import { useText } from '#text'
import { PageHeading } from '@/components/ui/card'
import { LoadingStatus, ProfileSkeleton, Skeleton } from '@/components/ui/skeleton'

const THEME_KEYS = ['one', 'two', 'three', 'four']

export default function SettingsLoading() {
  const text = useText('users')
  return (
    <>
      <PageHeading title={text('Settings')}>{text('Appearance, login and security.')}</PageHeading>
      <LoadingStatus label={text('your settings')} />
      <div className="mt-7 rounded-card border border-line bg-surface p-5 sm:p-6">
        <Skeleton className="h-7 w-full max-w-72" />
        <Skeleton className="mt-5 h-5.5 w-16" />
        <div className="mt-2 grid grid-cols-2 gap-2.5 md:grid-cols-4">
          {THEME_KEYS.map((key) => (
            <Skeleton key={key} className="h-25.5 rounded-xl sm:h-17.75 md:h-22.75 lg:h-17.75" />
          ))}
        </div>
        <div className="mt-6 grid gap-5 sm:grid-cols-2">
          <Skeleton className="h-25.5" />
          <Skeleton className="h-25.5" />
        </div>
        <Skeleton className="mt-5 h-16 w-full max-w-72 sm:h-11" />
        <Skeleton className="mt-2 h-16 w-full max-w-96 sm:h-11" />
      </div>
      <div className="mt-6">
        <ProfileSkeleton />
      </div>
      <Skeleton className="mt-6 h-28.5 rounded-card sm:h-22.5" />
    </>
  )
}
