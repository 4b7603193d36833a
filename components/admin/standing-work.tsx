import Link from 'next/link'
import type { WorkKind } from '@/lib/domain/work'
import { When } from '../ui/when'
import { ActButton } from './act-button'
import { joined, Row, Rows } from './rows'

export type StandingWorkRow = {
  kind: WorkKind
  id: string
  userId: string | null
  what: string
  status: string
  attempts: number
  service: string | null
  code: string | null
  runAt: string
  at: string
}

const KINDS: Record<WorkKind, string> = { sync: 'Sync', delivery: 'Webhook', task: 'Connection', deletion: 'Deletion' }

/** What failed, or waits after a failure, each with a way to have it done again. */
export function StandingWork({ work }: { work: StandingWorkRow[] }) {
  return (
    <Rows id="work" title="Standing still" empty="Everything goes on by itself." count={work.length}>
      {work.map(({ kind, id, userId, what, status, attempts, service, code, runAt, at }) => (
        <Row
          key={id}
          title={`${KINDS[kind]}: ${what}`}
          detail={
            <>
              {joined(service, code, `${attempts} attempts`)} · <When at={at} />
              {userId && (
                <>
                  {' · '}
                  <Link href={`/admin/people/${userId}`} className="text-accent underline underline-offset-2">
                    The person
                  </Link>
                </>
              )}
            </>
          }
          state={
            status === 'failed' ? (
              <span className="font-medium text-danger">Given up</span>
            ) : (
              <>
                Again at <When at={runAt} />
              </>
            )
          }
        >
          <ActButton
            act={{ path: '/api/v1/admin/work', body: { kind, id } }}
            label="Try again now"
            about={`${KINDS[kind]} ${what}`}
            title="Have it done again?"
            text="It may be repeated without harm. The reason stays in the audit log."
          />
        </Row>
      ))}
    </Rows>
  )
}
