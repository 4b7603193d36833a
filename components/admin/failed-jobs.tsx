import { ActionButton } from '@/components/admin/action-button'
import { joinParts, ListCard, ListItem, UserLink } from '@/components/admin/list-card'
import { DateTime } from '@/components/ui/formatting'
import type { JobKind } from '@/lib/domain/jobs/job'
import type { FailedJob } from '@/lib/domain/users/admin'

const JOB_KIND_LABELS: Record<JobKind, string> = {
  lock: 'Transfer lock',
  sync: 'Sync',
  delivery: 'Webhook',
  task: 'Connection',
  deletion: 'Deletion',
  notice: 'E-mail',
  transfer: 'Transfer',
  system: 'System'
}

/** Failed and retrying jobs, each with a retry button. */
export function FailedJobs({ jobs }: { jobs: FailedJob[] }) {
  return (
    <ListCard id="work" title="Failed jobs" empty="No failed jobs." count={jobs.length}>
      {jobs.map(({ kind, id, userId, what, status, attempts, service, code, runAt, at }) => (
        <ListItem
          key={id}
          title={`${JOB_KIND_LABELS[kind]}: ${what}`}
          detail={
            <>
              {joinParts(service, code, attempts === 1 ? '1 attempt' : `${attempts} attempts`)} ·{' '}
              <DateTime at={at} />
              {userId && (
                <>
                  {' · '}
                  <UserLink userId={userId} />
                </>
              )}
            </>
          }
          state={
            status === 'failed' ? (
              <span className="font-medium text-danger">Failed</span>
            ) : status === 'completed' ? (
              'Rows missing'
            ) : (
              <>
                Retries <DateTime at={runAt} />
              </>
            )
          }
        >
          {/* A failed transfer cannot be retried: only the user can confirm another one. */}
          {(kind !== 'transfer' || status === 'pending') && (
            <ActionButton
              action={{ path: '/api/v1/admin/failed-jobs', body: { kind, id } }}
              label="Retry now"
              subject={`${JOB_KIND_LABELS[kind]} ${what}`}
              title="Retry this job?"
              text="Retrying is safe. Your reason is kept in the audit log."
            />
          )}
        </ListItem>
      ))}
    </ListCard>
  )
}
