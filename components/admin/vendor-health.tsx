import type { VendorRecord } from '@/lib/domain/administration'
import { When } from '../ui/when'
import { joined, Row, Rows } from './rows'

/** `state` is of this process's circuit breaker. */
type VendorState = VendorRecord & { state: string }

const titleOf = (service: string) => service.charAt(0).toUpperCase() + service.slice(1)

/** How each vendor answered in the last day. */
export function VendorHealth({ vendors }: { vendors: VendorState[] }) {
  return (
    <Rows id="vendors" title="Services, last 24 hours" empty="Nobody was asked anything." count={vendors.length}>
      {vendors.map(({ service, calls, failures, slowestMs, errors, state, ...at }) => (
        <Row
          key={service}
          title={titleOf(service)}
          detail={
            <>
              {joined(`${calls} calls`, `${failures} failed`, calls > 0 && `19 of 20 within ${slowestMs} ms`)}
              {at.lastSuccessAt && (
                <>
                  {' · '}last good answer <When at={at.lastSuccessAt} />
                </>
              )}
              {at.lastWebhookAt && (
                <>
                  {' · '}last webhook <When at={at.lastWebhookAt} />
                </>
              )}
              {errors.length > 0 && <span className="block">{errors.map(({ code, count }) => `${code} ${count}×`).join(', ')}</span>}
            </>
          }
          state={state === 'closed' ? 'In use' : <span className="font-medium text-danger">Failing, not asked for a moment</span>}
        />
      ))}
    </Rows>
  )
}
