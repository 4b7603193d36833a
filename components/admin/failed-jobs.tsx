import Link from 'next/link'
import type { FailedJob } from '@/lib/domain/users/admin'
import type { JobKind } from '@/lib/domain/jobs/job'
import { When } from '@/components/ui/date-time'
import { ActButton } from '@/components/admin/action-button'
import { joined, Row, Rows } from '@/components/admin/list-card'

const KINDS: Record<JobKind, string> = {
  sync: 'Sync',
  delivery: 'Webhook',
  task: 'Connection',
  deletion: 'Deletion',
  notice: 'E-mail',
  transfer: 'Transfer'
}

/** What failed, or waits after a failure, each with a way to have it done again. */
export function StandingWork({ work }: { work: FailedJob[] }) {
  return (
    <Rows id="work" title="Failed jobs" empty="No failed jobs." count={work.length}>
      {work.map(({ kind, id, userId, what, status, attempts, service, code, runAt, at }) => (
        <Row
          key={id}
          title={`${KINDS[kind]}: ${what}`}
          detail={
            <>
              {joined(service, code, attempts === 1 ? '1 attempt' : `${attempts} attempts`)} ·{' '}
              <When at={at} />
              {userId && (
                <>
                  {' · '}
                  <Link
                    href={`/admin/people/${userId}`}
                    className="text-accent underline underline-offset-2"
                  >
                    User
                  </Link>
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
                Retries <When at={runAt} />
              </>
            )
          }
        >
          {/* A transfer that failed is over: only its owner can confirm another one. */}
          {(kind !== 'transfer' || status === 'pending') && (
            <ActButton
              act={{ path: '/api/v1/admin/work', body: { kind, id } }}
              label="Retry now"
              about={`${KINDS[kind]} ${what}`}
              title="Retry this job?"
              text="Retrying is safe. Your reason is kept in the audit log."
            />
          )}
        </Row>
      ))}
    </Rows>
  )
}
