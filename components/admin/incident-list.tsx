import { ListCard, ListItem } from '@/components/admin/list-card'
import { DateTime } from '@/components/ui/formatting'
import type { Incident } from '@/lib/domain/health/incident'
import { brand } from '@/pangea.config'

const KINDS = {
  errors: 'More calls fail than usual',
  latency: 'Calls take longer than usual',
  silence: 'Webhooks have stopped arriving'
}
const CAUSES = {
  institution: 'Cause: the bank',
  vendor: 'Cause: the service',
  us: `Cause: ${brand.name}`,
  user: 'Cause: the login'
}
const serviceName = (service: string) => service.charAt(0).toUpperCase() + service.slice(1)

/** Banks and services whose errors, response times or webhooks are unusual now. */
export function IncidentList({ incidents }: { incidents: Incident[] }) {
  return (
    <ListCard id="incidents" title="Incidents" empty="No incidents." count={incidents.length}>
      {incidents.map(({ service, institutionId, name, kind, cause, since }) => (
        <ListItem
          key={`${service} ${institutionId} ${kind}`}
          title={name ?? serviceName(service)}
          detail={
            <>
              {KINDS[kind]} since <DateTime at={since} />
            </>
          }
          state={CAUSES[cause]}
        />
      ))}
    </ListCard>
  )
}
