import type { Trail } from '@/lib/domain/administration'
import { PageHeading } from '../ui/card'
import { When } from '../ui/when'
import { ActButton } from './act-button'
import { standing } from './people-list'
import { Code, Ids, joined, Row, Rows } from './rows'

/** What happened to one person, each list newest first. */
export function PersonTrail({ trail: { person, connections, linkEvents, calls, runs, deliveries, audit } }: { trail: Trail }) {
  return (
    <>
      <PageHeading
        title={person.email ?? 'One person'}
        action={
          person.deletion ? null : (
            <ActButton
              danger
              act={{ path: `/api/v1/admin/people/${encodeURIComponent(person.id)}`, method: 'DELETE' }}
              label="Remove this person"
              title="Remove this person?"
              text="Everything about them is deleted at Plaid, at Jiko, here and at Clerk. This cannot be undone."
            />
          )
        }
      >
        {standing(person)} · since <When at={person.createdAt} /> · <Code>{person.id}</Code>
      </PageHeading>
      <div className="mt-7 grid grid-cols-1 items-start gap-6 lg:grid-cols-2">
        <Rows id="steps" title="What happened" empty="Nothing yet." count={audit.length}>
          {audit.map(({ id, actor, action, at }) => (
            <Row key={id} title={action} detail={`by ${actor}`} state={<When at={at} />} />
          ))}
        </Rows>
        <div className="space-y-6">
          <Rows id="connections" title="Banks" empty="None were linked." count={connections.length}>
            {connections.map(({ id, itemId, linkSessionId, institutionName, status, errorType, errorCode, lastSyncedAt, gone, quarantined }) => (
              <Row
                key={id}
                title={institutionName || 'A bank that was left'}
                detail={<Ids of={{ connection: id, item: itemId, session: linkSessionId }} />}
                state={joined(
                  gone ? 'left' : status,
                  errorType,
                  errorCode,
                  !lastSyncedAt && !gone && 'never read',
                  quarantined > 0 && `${quarantined} in quarantine`
                )}
              />
            ))}
          </Rows>
          <Rows id="link" title="Visits to Plaid Link" empty="None." count={linkEvents.length}>
            {linkEvents.map(({ id, type, status, errorType, errorCode, requestId, linkSessionId, itemId, institutionId, at }) => (
              <Row
                key={id}
                title={joined(type, status, errorType, errorCode)}
                detail={<Ids of={{ session: linkSessionId, item: itemId, institution: institutionId, request: requestId }} />}
                state={<When at={at} />}
              />
            ))}
          </Rows>
          <Rows id="runs" title="Syncs" empty="None." count={runs.length}>
            {runs.map(({ id, trigger, status, attempts, service, code, at }) => (
              <Row key={id} title={joined(status, service, code)} detail={joined(trigger, attempts > 1 && `${attempts} attempts`)} state={<When at={at} />} />
            ))}
          </Rows>
          <Rows id="deliveries" title="Webhooks" empty="None." count={deliveries.length}>
            {deliveries.map(({ id, vendor, type, eventCode, status, attempts, code, at }) => (
              <Row
                key={id}
                title={joined(vendor, type, eventCode)}
                detail={joined(status, code, attempts > 1 && `${attempts} attempts`)}
                state={<When at={at} />}
              >
                <ActButton
                  act={{ path: '/api/v1/admin/work', body: { kind: 'delivery', id } }}
                  label="Do it again"
                  about={joined(vendor, type, eventCode)}
                  title="Have this webhook worked through again?"
                  text="What it asks for is read from the vendor anew, so it may be repeated without harm."
                />
              </Row>
            ))}
          </Rows>
          <Rows id="calls" title="Calls to services" empty="None." count={calls.length}>
            {calls.map(({ id, service, method, requestId, errorType, errorCode, durationMs, at }) => (
              <Row
                key={id}
                title={`${service} ${method}`}
                detail={
                  <>
                    {joined(errorType, errorCode ?? 'went well', `${durationMs} ms`)}
                    <Ids of={{ request: requestId }} />
                  </>
                }
                state={<When at={at} />}
              />
            ))}
          </Rows>
        </div>
      </div>
    </>
  )
}
