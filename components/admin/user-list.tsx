import Link from 'next/link'
import { joinParts, ListCard, ListItem } from '@/components/admin/list-card'
import { DateTime } from '@/components/ui/formatting'
import type { UserSummary } from '@/lib/domain/users/admin'

/** One line per user: application, account, and problems. */
export const userStatus = ({
  applicationStatus,
  accountStatus,
  connections,
  broken,
  deletion,
  lockedAt
}: UserSummary): string =>
  joinParts(
    applicationStatus ? `application ${applicationStatus}` : 'not applied',
    accountStatus && `account ${accountStatus}`,
    connections === 1 ? '1 bank' : `${connections} banks`,
    broken > 0 && `${broken} need attention`,
    deletion && 'being deleted',
    lockedAt && 'transfers locked'
  )

export function UserList({ users, searched }: { users: UserSummary[]; searched: boolean }) {
  return (
    <ListCard
      id="people"
      title={searched ? 'Results' : 'All users, newest first'}
      empty="No users found."
      count={users.length}
    >
      {users.map((user) => (
        <ListItem
          key={user.id}
          title={
            <Link
              href={`/admin/users/${user.id}`}
              className="text-accent underline underline-offset-2"
            >
              {user.email ?? user.id}
            </Link>
          }
          detail={userStatus(user)}
          state={<DateTime at={user.createdAt} />}
        />
      ))}
    </ListCard>
  )
}
