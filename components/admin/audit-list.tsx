import { InlineCode, ListCard, ListItem } from '@/components/admin/list-card'
import { DateTime } from '@/components/ui/formatting'
import type { AuditEntry } from '@/lib/domain/users/admin'

export function AuditList({ rows }: { rows: AuditEntry[] }) {
  return (
    <ListCard id="log" title="Events" empty="No events found." count={rows.length}>
      {rows.map(
        ({ id, actorKind, actorId, userId, action, outcome, subject, network, reason, at }) => (
          <ListItem
            key={id}
            title={outcome === 'failure' ? `${action} (failed)` : action}
            detail={
              <>
                by{' '}
                {actorKind === 'person' ? (
                  <InlineCode>{actorId}</InlineCode>
                ) : (
                  `the app (${actorId})`
                )}
                {userId && userId !== actorId && (
                  <>
                    {' · about '}
                    <InlineCode>{userId}</InlineCode>
                  </>
                )}
                {subject && subject !== userId && (
                  <>
                    {' · '}
                    <InlineCode>{subject}</InlineCode>
                  </>
                )}
                {network && ` · from ${network}`}
                {reason && <span className="block text-ink">“{reason}”</span>}
              </>
            }
            state={<DateTime at={at} />}
          />
        )
      )}
    </ListCard>
  )
}
