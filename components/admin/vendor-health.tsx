import { joinParts, ListCard, ListItem } from '@/components/admin/list-card'
import { DateTime } from '@/components/ui/formatting'
import type { VendorStats } from '@/lib/domain/users/admin'

/** `state` is that of this process's circuit breaker. */
type VendorState = VendorStats & { state: string }

const serviceName = (service: string) => service.charAt(0).toUpperCase() + service.slice(1)

/** Each vendor's calls in the last 24 hours. */
export function VendorHealth({ vendors }: { vendors: VendorState[] }) {
  return (
    <ListCard
      id="vendors"
      title="Services, last 24 hours"
      empty="No calls yet."
      count={vendors.length}
    >
      {vendors.map(({ service, calls, failures, slowestMs, errors, state, ...at }) => (
        <ListItem
          key={service}
          title={serviceName(service)}
          detail={
            <>
              {joinParts(
                calls === 1 ? '1 call' : `${calls} calls`,
                `${failures} failed`,
                calls > 0 && `95% within ${slowestMs} ms`
              )}
              {at.lastSuccessAt && (
                <>
                  {' · '}last success <DateTime at={at.lastSuccessAt} />
                </>
              )}
              {at.lastWebhookAt && (
                <>
                  {' · '}last webhook <DateTime at={at.lastWebhookAt} />
                </>
              )}
              {errors.length > 0 && (
                <span className="block">
                  {errors.map(({ code, count }) => `${code} ${count}×`).join(', ')}
                </span>
              )}
            </>
          }
          state={
            state === 'closed' ? (
              'Working'
            ) : (
              <span className="font-medium text-danger">Failing, calls paused</span>
            )
          }
        />
      ))}
    </ListCard>
  )
}
