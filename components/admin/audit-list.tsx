import type { AuditEntry } from '@/lib/domain/users/admin'
import { When } from '@/components/ui/date-time'
import { Code, Row, Rows } from '@/components/admin/list-card'

export function AuditList({ rows }: { rows: AuditEntry[] }) {
  return (
    <Rows id="log" title="Events" empty="No events found." count={rows.length}>
      {rows.map(({ id, actorKind, actorId, userId, action, subject, reason, at }) => (
        <Row
          key={id}
          title={action}
          detail={
            <>
              by {actorKind === 'person' ? <Code>{actorId}</Code> : `the app (${actorId})`}
              {userId && userId !== actorId && (
                <>
                  {' · about '}
                  <Code>{userId}</Code>
                </>
              )}
              {subject && subject !== userId && (
                <>
                  {' · '}
                  <Code>{subject}</Code>
                </>
              )}
              {reason && <span className="block text-ink">“{reason}”</span>}
            </>
          }
          state={<When at={at} />}
        />
      ))}
    </Rows>
  )
}
