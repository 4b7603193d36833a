import { useText } from '#text'
import { SupportContact } from '@/components/site/support-contact'
import { DateTime } from '@/components/ui/formatting'
import { Notice } from '@/components/ui/notice'
import type { Incident } from '@/lib/domain/health/incident'

/** Tells users that their bank, or Plaid as a whole, has problems. Renders nothing otherwise. */
export function IncidentNotices({
  incidents,
  institutionIds
}: {
  incidents: Incident[]
  institutionIds: (string | null)[]
}) {
  const text = useText('connections')
  const concerning = incidents.filter(
    ({ service, institutionId, cause }) =>
      service === 'plaid' &&
      cause !== 'us' &&
      (!institutionId || institutionIds.includes(institutionId))
  )
  if (institutionIds.length === 0) return null
  const names = new Map(concerning.map((one) => [one.name ?? 'Plaid', one]))
  return [...names].map(([name, { since }]) => (
    <Notice key={name} tone="warn" title={text('{name} is having problems', { name })}>
      {text.rich(
        'Since <when></when>. New transactions may arrive late. Your data is safe, and we keep trying.',
        { when: () => <DateTime key="when" at={since} /> }
      )}
      <SupportContact />
    </Notice>
  ))
}
