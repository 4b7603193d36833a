import Link from 'next/link'
import type { OrphanedItems as Orphaned } from '@/lib/domain/users/admin'
import { When } from '@/components/ui/date-time'
import { Ids, Row, Rows } from '@/components/admin/list-card'

/** Items that may be left at Plaid, each with what its support asks for. */
export function OrphanedItems({ count, items }: Orphaned) {
  return (
    <Rows
      id="orphans"
      title={`Items that may be left at Plaid: ${count}`}
      empty="Every Item has its connection."
      count={count}
    >
      {items.map(({ id, userId, linkSessionId, institutionId, requestId, errorCode, at }) => (
        <Row
          key={id}
          title={errorCode ?? 'Unknown error'}
          detail={
            <>
              <Ids
                of={{ Session: linkSessionId, Institution: institutionId, Request: requestId }}
              />
              <When at={at} />
              {' · '}
              <Link
                href={`/admin/people/${userId}`}
                className="text-accent underline underline-offset-2"
              >
                User
              </Link>
            </>
          }
        />
      ))}
    </Rows>
  )
}
