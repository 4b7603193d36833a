import { Skeleton } from '@/components/ui/skeleton'

/** Where Clerk's part of the settings will be, in its size. */
export const ProfileSkeleton = () => <Skeleton className="h-[44rem] rounded-card" />
