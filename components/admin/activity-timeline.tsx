import { ActionButton } from '@/components/admin/action-button'
import { IdList, InlineCode, joinParts, ListCard, ListItem } from '@/components/admin/list-card'
import { userStatus } from '@/components/admin/user-list'
import { PageHeading } from '@/components/ui/card'
import { DateTime } from '@/components/ui/formatting'
import type { ActivityTimeline as Timeline, UserSummary } from '@/lib/domain/users/admin'
import { brand } from '@/pangea.config'

function UserActions({ user: { id, deletion, lockedAt, approvals } }: { user: UserSummary }) {
  const path = `/api/v1/admin/users/${encodeURIComponent(id)}`
  return (
    <div className="flex flex-wrap items-center gap-2">
      {lockedAt && (
        <ActionButton
          action={{ path: `${path}/lock`, method: 'DELETE' }}
          label="Unlock transfers"
          title="Unlock transfers of this user?"
          text="Verify who they are in a way that does not depend on their login, such as a call to a number you knew before. Write how you did it."
        />
      )}
      {!deletion && (
        <ActionButton
          danger
          action={{ path, method: 'DELETE' }}
          label={approvals > 0 ? 'Approve deletion' : 'Delete user'}
          title="Delete this user?"
          text={`Deletes their data at Plaid, Jiko, ${brand.name} and Clerk, once enough admins have approved it within a day. This cannot be undone.`}
        />
      )}
    </div>
  )
}

/** One user's activity, each list newest first. */
export function ActivityTimeline({
  timeline: { person: user, connections, linkEvents, calls, runs, deliveries, audit }
}: {
  timeline: Timeline
}) {
  return (
    <>
      <PageHeading title={user.email ?? 'User'} action={<UserActions user={user} />}>
        {userStatus(user)}
        {user.approvals > 0 && !user.deletion && ' · deletion waits for another admin'} · since{' '}
        <DateTime at={user.createdAt} /> · <InlineCode>{user.id}</InlineCode>
      </PageHeading>
      <div className="mt-7 grid grid-cols-1 items-start gap-6 lg:grid-cols-2">
        <ListCard id="steps" title="Activity" empty="No activity yet." count={audit.length}>
          {audit.map(({ id, actor, action, at }) => (
            <ListItem key={id} title={action} detail={`by ${actor}`} state={<DateTime at={at} />} />
          ))}
        </ListCard>
        <div className="space-y-6">
          <Connections connections={connections} />
          <LinkEvents linkEvents={linkEvents} />
          <SyncRuns runs={runs} />
          <Deliveries deliveries={deliveries} />
          <VendorCalls calls={calls} />
        </div>
      </div>
    </>
  )
}

function Connections({ connections }: Pick<Timeline, 'connections'>) {
  return (
    <ListCard id="connections" title="Banks" empty="No banks connected." count={connections.length}>
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
          <ListItem
            key={id}
            title={institutionName || 'Disconnected bank'}
            detail={<IdList ids={{ connection: id, item: itemId, session: linkSessionId }} />}
            state={joinParts(
              gone ? 'disconnected' : status,
              errorType,
              errorCode,
              !lastSyncedAt && !gone && 'never synced',
              quarantined > 0 && `${quarantined} in quarantine`
            )}
          />
        )
      )}
    </ListCard>
  )
}

function LinkEvents({ linkEvents }: Pick<Timeline, 'linkEvents'>) {
  return (
    <ListCard
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
          <ListItem
            key={id}
            title={joinParts(type, status, errorType, errorCode)}
            detail={
              <IdList
                ids={{
                  session: linkSessionId,
                  item: itemId,
                  institution: institutionId,
                  request: requestId
                }}
              />
            }
            state={<DateTime at={at} />}
          />
        )
      )}
    </ListCard>
  )
}

function SyncRuns({ runs }: Pick<Timeline, 'runs'>) {
  return (
    <ListCard id="runs" title="Syncs" empty="No syncs." count={runs.length}>
      {runs.map(({ id, trigger, status, attempts, service, code, at }) => (
        <ListItem
          key={id}
          title={joinParts(status, service, code)}
          detail={joinParts(trigger, attempts > 1 && `${attempts} attempts`)}
          state={<DateTime at={at} />}
        />
      ))}
    </ListCard>
  )
}

function Deliveries({ deliveries }: Pick<Timeline, 'deliveries'>) {
  return (
    <ListCard id="deliveries" title="Webhooks" empty="No webhooks." count={deliveries.length}>
      {deliveries.map(({ id, vendor, type, eventCode, status, attempts, code, at }) => (
        <ListItem
          key={id}
          title={joinParts(vendor, type, eventCode)}
          detail={joinParts(status, code, attempts > 1 && `${attempts} attempts`)}
          state={<DateTime at={at} />}
        >
          <ActionButton
            action={{ path: '/api/v1/admin/failed-jobs', body: { kind: 'delivery', id } }}
            label="Process again"
            subject={joinParts(vendor, type, eventCode)}
            title="Process this webhook again?"
            text="Processing it again is safe: it reads current data from the vendor."
          />
        </ListItem>
      ))}
    </ListCard>
  )
}

function VendorCalls({ calls }: Pick<Timeline, 'calls'>) {
  return (
    <ListCard id="calls" title="Calls to services" empty="No calls." count={calls.length}>
      {calls.map(({ id, service, method, requestId, errorType, errorCode, durationMs, at }) => (
        <ListItem
          key={id}
          title={`${service} ${method}`}
          detail={
            <>
              {joinParts(errorType, errorCode ?? 'OK', `${durationMs} ms`)}
              <IdList ids={{ request: requestId }} />
            </>
          }
          state={<DateTime at={at} />}
        />
      ))}
    </ListCard>
  )
}
