import Link from 'next/link'
import type { UserSummary } from '@/lib/domain/users/admin'
import { When } from '@/components/ui/date-time'
import { joined, Row, Rows } from '@/components/admin/list-card'

/** In a line: how far somebody is, and whether something needs looking after. */
export const standing = ({
  applicationStatus,
  accountStatus,
  connections,
  broken,
  deletion
}: UserSummary): string =>
  joined(
    applicationStatus ? `application ${applicationStatus}` : 'not applied',
    accountStatus && `account ${accountStatus}`,
    connections === 1 ? '1 bank' : `${connections} banks`,
    broken > 0 && `${broken} need attention`,
    deletion && 'being deleted'
  )

export function PeopleList({ people, searched }: { people: UserSummary[]; searched: boolean }) {
  return (
    <Rows
      id="people"
      title={searched ? 'Results' : 'All users, newest first'}
      empty="No users found."
      count={people.length}
    >
      {people.map((person) => (
        <Row
          key={person.id}
          title={
            <Link
              href={`/admin/people/${person.id}`}
              className="text-accent underline underline-offset-2"
            >
              {person.email ?? person.id}
            </Link>
          }
          detail={standing(person)}
          state={<When at={person.createdAt} />}
        />
      ))}
    </Rows>
  )
}
