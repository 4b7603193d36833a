import { IdList, ListCard, ListItem, UserLink } from '@/components/admin/list-card'
import { DateTime } from '@/components/ui/formatting'
import type { OrphanedItems as Orphaned } from '@/lib/domain/users/admin'

/** Items that may still exist at Plaid, with the ids that Plaid's support asks for. */
export function OrphanedItems({ count, items }: Orphaned) {
  return (
    <ListCard
      id="orphans"
      title={`Items that may be left at Plaid: ${count}`}
      empty="No orphaned Items."
      count={count}
    >
      {items.map(({ id, userId, linkSessionId, institutionId, requestId, errorCode, at }) => (
        <ListItem
          key={id}
          title={errorCode ?? 'Unknown error'}
          detail={
            <>
              <IdList
                ids={{ Session: linkSessionId, Institution: institutionId, Request: requestId }}
              />
              <DateTime at={at} />
              {' · '}
              <UserLink userId={userId} />
            </>
          }
        />
      ))}
    </ListCard>
  )
}
