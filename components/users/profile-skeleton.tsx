import { Skeleton } from '@/components/ui/skeleton'

/** Placeholder of Clerk's profile. */
export const ProfileSkeleton = () => <Skeleton className="h-[44rem] rounded-card" />
