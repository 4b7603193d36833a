import type { ActivityTimeline } from '@/lib/domain/users/admin'
import { PageHeading } from '@/components/ui/card'
import { When } from '@/components/ui/date-time'
import { ActButton } from '@/components/admin/action-button'
import { standing } from '@/components/admin/user-list'
import { Code, Ids, joined, Row, Rows } from '@/components/admin/list-card'

/** What happened to one person, each list newest first. */
export function PersonTrail({
  trail: { person, connections, linkEvents, calls, runs, deliveries, audit }
}: {
  trail: ActivityTimeline
}) {
  return (
    <>
      <PageHeading
        title={person.email ?? 'User'}
        action={
          person.deletion ? null : (
            <ActButton
              danger
              act={{
                path: `/api/v1/admin/people/${encodeURIComponent(person.id)}`,
                method: 'DELETE'
              }}
              label="Delete user"
              title="Delete this user?"
              text="Deletes their data at Plaid, Jiko, Pangea and Clerk. This cannot be undone."
            />
          )
        }
      >
        {standing(person)} · since <When at={person.createdAt} /> · <Code>{person.id}</Code>
      </PageHeading>
      <div className="mt-7 grid grid-cols-1 items-start gap-6 lg:grid-cols-2">
        <Rows id="steps" title="Activity" empty="No activity yet." count={audit.length}>
          {audit.map(({ id, actor, action, at }) => (
            <Row key={id} title={action} detail={`by ${actor}`} state={<When at={at} />} />
          ))}
        </Rows>
        <div className="space-y-6">
          <Rows
            id="connections"
            title="Banks"
            empty="No banks connected."
            count={connections.length}
          >
            {connections.map(
              ({
                id,
                itemId,
                linkSessionId,
                institutionName,
                status,
                errorType,
                errorCode,
                lastSyncedAt,
                gone,
                quarantined
              }) => (
                <Row
                  key={id}
                  title={institutionName || 'Disconnected bank'}
                  detail={<Ids of={{ connection: id, item: itemId, session: linkSessionId }} />}
                  state={joined(
                    gone ? 'disconnected' : status,
                    errorType,
                    errorCode,
                    !lastSyncedAt && !gone && 'never synced',
                    quarantined > 0 && `${quarantined} in quarantine`
                  )}
                />
              )
            )}
          </Rows>
          <Rows
            id="link"
            title="Plaid Link sessions"
            empty="No Link sessions."
            count={linkEvents.length}
          >
            {linkEvents.map(
              ({
                id,
                type,
                status,
                errorType,
                errorCode,
                requestId,
                linkSessionId,
                itemId,
                institutionId,
                at
              }) => (
                <Row
                  key={id}
                  title={joined(type, status, errorType, errorCode)}
                  detail={
                    <Ids
                      of={{
                        session: linkSessionId,
                        item: itemId,
                        institution: institutionId,
                        request: requestId
                      }}
                    />
                  }
                  state={<When at={at} />}
                />
              )
            )}
          </Rows>
          <Rows id="runs" title="Syncs" empty="No syncs." count={runs.length}>
            {runs.map(({ id, trigger, status, attempts, service, code, at }) => (
              <Row
                key={id}
                title={joined(status, service, code)}
                detail={joined(trigger, attempts > 1 && `${attempts} attempts`)}
                state={<When at={at} />}
              />
            ))}
          </Rows>
          <Rows id="deliveries" title="Webhooks" empty="No webhooks." count={deliveries.length}>
            {deliveries.map(({ id, vendor, type, eventCode, status, attempts, code, at }) => (
              <Row
                key={id}
                title={joined(vendor, type, eventCode)}
                detail={joined(status, code, attempts > 1 && `${attempts} attempts`)}
                state={<When at={at} />}
              >
                <ActButton
                  act={{ path: '/api/v1/admin/work', body: { kind: 'delivery', id } }}
                  label="Process again"
                  about={joined(vendor, type, eventCode)}
                  title="Process this webhook again?"
                  text="Processing it again is safe: current data is read from the vendor."
                />
              </Row>
            ))}
          </Rows>
          <Rows id="calls" title="Calls to services" empty="No calls." count={calls.length}>
            {calls.map(
              ({ id, service, method, requestId, errorType, errorCode, durationMs, at }) => (
                <Row
                  key={id}
                  title={`${service} ${method}`}
                  detail={
                    <>
                      {joined(errorType, errorCode ?? 'OK', `${durationMs} ms`)}
                      <Ids of={{ request: requestId }} />
                    </>
                  }
                  state={<When at={at} />}
                />
              )
            )}
          </Rows>
        </div>
      </div>
    </>
  )
}
