import type { VendorStats } from '@/lib/domain/users/admin'
import { When } from '@/components/ui/date-time'
import { joined, Row, Rows } from '@/components/admin/list-card'

/** `state` is of this process's circuit breaker. */
type VendorState = VendorStats & { state: string }

const titleOf = (service: string) => service.charAt(0).toUpperCase() + service.slice(1)

/** How each vendor answered in the last day. */
export function VendorHealth({ vendors }: { vendors: VendorState[] }) {
  return (
    <Rows id="vendors" title="Services, last 24 hours" empty="No calls yet." count={vendors.length}>
      {vendors.map(({ service, calls, failures, slowestMs, errors, state, ...at }) => (
        <Row
          key={service}
          title={titleOf(service)}
          detail={
            <>
              {joined(
                calls === 1 ? '1 call' : `${calls} calls`,
                `${failures} failed`,
                calls > 0 && `95% within ${slowestMs} ms`
              )}
              {at.lastSuccessAt && (
                <>
                  {' · '}last success <When at={at.lastSuccessAt} />
                </>
              )}
              {at.lastWebhookAt && (
                <>
                  {' · '}last webhook <When at={at.lastWebhookAt} />
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
    </Rows>
  )
}
