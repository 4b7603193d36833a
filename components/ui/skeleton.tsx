import clsx from 'clsx'
import { useText } from '#text'

/**
 * A placeholder of the size of the loading content. `w-full max-w-44`, not `w-44 max-w-full`, whose
 * width a narrow card could not go below.
 */
export function Skeleton({ className }: { className?: string }) {
  return (
    <div
      aria-hidden="true"
      data-loading=""
      className={clsx('motion-safe:animate-pulse rounded-md bg-line/70', className)}
    />
  )
}

/** Placeholder rows of a list. */
export function SkeletonRows({ count, className }: { count: number; className?: string }) {
  return (
    <div className={clsx('divide-y divide-line', className)}>
      {Array.from({ length: count }, (_, index) => `row-${index}`).map((key) => (
        <div key={key} className="flex items-center justify-between gap-6 px-5 py-4">
          <div className="flex-1 space-y-2">
            <Skeleton className="h-4 w-full max-w-44" />
            <Skeleton className="h-3.5 w-full max-w-28" />
          </div>
          <Skeleton className="h-4 w-20" />
        </div>
      ))}
    </div>
  )
}

/** Announces loading to screen readers. */
export function LoadingStatus({ label }: { label: string }) {
  const text = useText('common')
  return (
    <p role="status" className="sr-only">
      {text('Loading {what}', { what: label })}
    </p>
  )
}

/** Placeholder of Clerk's profile. */
export const ProfileSkeleton = () => <Skeleton className="h-[44rem] rounded-card" />
